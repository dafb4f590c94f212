package org.gantry.data;

/**
 * A data set of images whose channels are grey images, drawn independently of each other. Each
 * combination of their classes is a mode. Metrics count which modes a generator covers.
 */
public interface StackedDataset {

  /**
   * Returns the data set that the channels are drawn from: grey images with labels, whose classes
   * are about equally frequent.
   */
  IndexedDataset channelDataset();
}
