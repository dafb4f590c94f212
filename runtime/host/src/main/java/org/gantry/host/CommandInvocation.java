package org.gantry.host;

import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One command as its caller typed it.
 *
 * @param arguments the words after {@code gantry}
 * @param out what the command answers
 * @param err progress, warnings and errors
 * @param interrupted true from the moment the command should end. A command that takes long asks
 *     between its steps, completes what must not be left half done, and returns 130: the process
 *     lives until it does. Threads are not interrupted, because that would close the files that are
 *     being written.
 */
public record CommandInvocation(
    List<String> arguments, PrintStream out, PrintStream err, BooleanSupplier interrupted) {

  /** The option of all commands that starts only the plugins of the product. */
  public static final String SAFE_MODE = "--safe-mode";

  /** The option of commands that answer as JSON. */
  public static final String JSON = "--json";

  /**
   * The variable of the environment with the number of the process that watches over this one. The
   * watching process shares the terminal and reports for both.
   */
  public static final String WATCHING_PROCESS = "GANTRY_ISOLATED_BY";

  /** Copies the arguments. */
  public CommandInvocation {
    arguments = List.copyOf(arguments);
  }

  /** Whether the answer and every error are to be JSON. */
  public boolean wantsJson() {
    int end = arguments.indexOf("--");
    return (end < 0 ? arguments : arguments.subList(0, end)).contains(JSON);
  }
}
