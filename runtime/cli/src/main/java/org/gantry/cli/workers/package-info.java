/** Trainings with several workers: their options, and the process that starts them on Spark. */
package org.gantry.cli.workers;
