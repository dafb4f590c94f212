# Completion of gantry for bash: source this file, or copy it to ~/.local/share/bash-completion/completions/gantry.

_gantry() {
  local line=${COMP_LINE:0:COMP_POINT} words word prefix IFS
  # Not COMP_WORDS, which are cut at = and : as well.
  read -ra words <<<"$line"
  case $line in
    *[[:space:]]) words+=("") ;;
  esac
  word=${words[${#words[@]} - 1]}
  IFS=$'\n'
  # shellcheck disable=SC2207 # a line for each word
  COMPREPLY=($("${COMP_WORDS[0]/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null))
  # bash replaces only what follows the last = or :.
  prefix=${word%"${word##*[=:]}"}
  [ -z "$prefix" ] || COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
  case ${#COMPREPLY[@]},${COMPREPLY[0]} in
    1,*[/=.]) compopt -o nospace ;;
  esac
}

complete -F _gantry gantry
