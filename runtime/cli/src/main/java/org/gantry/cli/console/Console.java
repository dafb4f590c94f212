package org.gantry.cli.console;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * Where a command reads and writes.
 *
 * @param out what a script wants
 * @param err everything else
 * @param terminal what the streams lead to
 * @param interrupted true from the moment that the command should end
 */
public record Console(
    PrintStream out, PrintStream err, TerminalInfo terminal, BooleanSupplier interrupted) {}
