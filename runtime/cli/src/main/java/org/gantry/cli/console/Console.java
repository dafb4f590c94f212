package org.gantry.cli.console;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * The streams of a command.
 *
 * @param out takes the results
 * @param err takes progress, notes and errors
 * @param terminal the terminal behind the streams
 * @param interrupted true as soon as the command should end
 */
public record Console(
    PrintStream out, PrintStream err, TerminalInfo terminal, BooleanSupplier interrupted) {}
