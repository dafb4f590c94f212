package org.gantry.data;

import java.util.List;

/**
 * A data set drawn from a mixture of isotropic Gaussians with equal weights. Metrics count which of
 * its modes a generator covers.
 */
public interface MixtureDataset {

  /** Returns the centres of the modes, all of the same dimension. */
  List<double[]> centres();

  /** Returns the standard deviation of every mode, in every direction. */
  double standardDeviation();
}
