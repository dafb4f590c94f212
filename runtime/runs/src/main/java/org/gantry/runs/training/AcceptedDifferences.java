package org.gantry.runs.training;

/**
 * What may differ between a run and the installation in which it is resumed.
 *
 * @param plugins whether the plugins may differ
 * @param data whether the files of the data sets may differ
 */
public record AcceptedDifferences(boolean plugins, boolean data) {

  /** Neither may differ, so the resumed run has the bits of the uninterrupted one. */
  public static final AcceptedDifferences NONE = new AcceptedDifferences(false, false);
}
