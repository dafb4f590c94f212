/** The commands about runs: train, change, sample, evaluate, compare and export. */
package org.gantry.cli.runs;
