# Completion of gantry for fish: copy this file to ~/.config/fish/completions.

function __gantry_complete
    set -l words (commandline -opc)
    command gantry complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end

complete -c gantry -f -a '(__gantry_complete)'
