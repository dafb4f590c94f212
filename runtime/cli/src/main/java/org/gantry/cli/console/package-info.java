/** Input and output of commands: streams, tables, questions, error reports, exit codes. */
package org.gantry.cli.console;
