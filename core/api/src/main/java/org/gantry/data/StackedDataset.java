package org.gantry.data;

/**
 * A data set whose pictures hold in each channel a grey picture of its own, drawn independently of
 * the others, so that every combination of their classes is a mode and all modes can be counted.
 */
public interface StackedDataset {

  /**
   * What the channels are drawn from: grey pictures with labels, every class equally likely or
   * nearly so.
   */
  IndexedDataset channelDataset();
}
