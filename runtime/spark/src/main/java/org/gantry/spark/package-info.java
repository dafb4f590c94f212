/**
 * The program that trains a run with workers on a Spark cluster. The command {@code gantry train
 * --on} starts it in a process with Spark on its class path, and Spark loads it at the workers.
 */
package org.gantry.spark;
