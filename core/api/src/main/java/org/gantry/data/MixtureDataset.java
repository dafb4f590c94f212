package org.gantry.data;

import java.util.List;

/** A data set that is a mixture of equal, isotropic Gaussians, so that its modes can be counted. */
public interface MixtureDataset {

  /** The centres of the modes, all of the same dimension. */
  List<double[]> centres();

  /** The standard deviation of every mode, in every direction. */
  double standardDeviation();
}
