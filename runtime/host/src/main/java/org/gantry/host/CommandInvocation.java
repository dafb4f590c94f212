package org.gantry.host;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The call of a command.
 *
 * @param arguments the words after {@code gantry}
 * @param out receives the result
 * @param err receives progress, warnings and errors
 * @param interrupted whether the command should end. A long command checks this between its steps,
 *     completes its writes, and returns 130; the process waits for that. Threads are not
 *     interrupted, because an interrupt would close the files that they write.
 */
public record CommandInvocation(
    List<String> arguments, PrintStream out, PrintStream err, BooleanSupplier interrupted) {

  /** The option of all commands that starts only the plugins of the product. */
  public static final String SAFE_MODE = "--safe-mode";

  /** The option of commands that answer as JSON. */
  public static final String JSON = "--json";

  /**
   * The environment variable with the id of the process that watches this one. The watching process
   * shares the terminal and reports for both.
   */
  public static final String WATCHING_PROCESS = "GANTRY_ISOLATED_BY";

  /**
   * The environment variable with the file to which a process writes the exit code that it means.
   * The process that watches it learns from this whether a plugin ended it.
   */
  public static final String END_FILE = "GANTRY_END";

  /** Copies the arguments. */
  public CommandInvocation {
    arguments = List.copyOf(arguments);
  }

  /**
   * Whether the words call a command.
   *
   * @param name such as {@code shell}
   */
  public boolean isCommand(String name) {
    return arguments.stream()
        .filter(word -> !word.startsWith("-"))
        .findFirst()
        .equals(Optional.of(name));
  }

  /** Whether the result and all errors are printed as JSON. */
  public boolean wantsJson() {
    int end = arguments.indexOf("--");
    return (end < 0 ? arguments : arguments.subList(0, end)).contains(JSON);
  }
}
