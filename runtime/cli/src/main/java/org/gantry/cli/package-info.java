/**
 * The commands of {@code gantry}. {@link org.gantry.cli.CommandDispatcher} executes one; each
 * command is a separate class in the package of its subject. Results go to the standard output;
 * progress, notes and errors go to the standard error.
 *
 * <p>The packages know each other in one direction: {@code console} is below {@code services}, then
 * {@code recipes} and {@code plugins}, then {@code runs}, then {@code experiments}, {@code shell}
 * and {@code embedded}.
 */
package org.gantry.cli;
