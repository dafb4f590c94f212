/**
 * The commands of {@code gantry}. {@link org.gantry.cli.CommandDispatcher} executes one; each
 * command is a class of its own. What a script wants goes to the standard output, all talk to the
 * standard error.
 */
package org.gantry.cli;
