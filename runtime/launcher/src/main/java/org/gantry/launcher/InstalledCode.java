package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.TextFiles;

/**
 * The plugins that do not come with the product, as far as the launcher must know them: it reads
 * their names from the lock file without the classes that understand it.
 *
 * @param names their names and versions
 */
record InstalledCode(List<String> names) {

  /** An enabled plugin in the lock file, whose fields have a fixed order. */
  private static final Pattern ENABLED =
      Pattern.compile(
          "\\{\\s*\"name\"\\s*:\\s*\"([\\w.-]+)\",\\s*\"version\"\\s*:\\s*\"([\\w.-]+)\""
              + "[^{}]*?\"enabled\"\\s*:\\s*true");

  InstalledCode {
    names = List.copyOf(names);
  }

  /** The plugins whose code a command may run. */
  static InstalledCode of(CommandInvocation invocation, Path state) {
    List<String> words =
        invocation.arguments().stream().filter(word -> !word.startsWith("-")).limit(3).toList();
    List<String> names = new ArrayList<>();
    if (words.size() == 3 && words.get(0).equals("plugins") && words.get(1).equals("test")) {
      names.add("the plugin in " + words.get(2));
    }
    if (!invocation.arguments().contains(CommandInvocation.SAFE_MODE)) {
      names.addAll(installed(state));
    }
    return new InstalledCode(names);
  }

  private static List<String> installed(Path state) {
    List<String> names = new ArrayList<>();
    try {
      String generation = TextFiles.read(state.resolve("current")).strip();
      if (generation.matches("[1-9]\\d{0,8}")) {
        Matcher matcher =
            ENABLED.matcher(
                TextFiles.read(
                    state.resolve("generations").resolve(generation).resolve("plugins.lock.json")));
        while (matcher.find()) {
          names.add(matcher.group(1) + " " + matcher.group(2));
        }
      }
    } catch (IOException e) {
      // Without a readable lock file, the plugins do not start.
      return List.of();
    }
    return names;
  }
}
