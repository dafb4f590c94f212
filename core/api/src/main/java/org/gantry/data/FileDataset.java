package org.gantry.data;

/**
 * A data set that is read from files. Commands that open it report which files it found, and which
 * it left out.
 */
public interface FileDataset {

  /** Returns the files behind the samples, in the order of the samples, and the files left out. */
  DataInventory inventory();
}
