/** The interactive shell: lines, background jobs and tab completion. */
package org.gantry.cli.shell;
