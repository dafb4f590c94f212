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

  /** Copies the arguments. */
  public CommandInvocation {
    arguments = List.copyOf(arguments);
  }
}
