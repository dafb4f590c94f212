/** The commands about experiments. */
package org.gantry.cli.experiments;
