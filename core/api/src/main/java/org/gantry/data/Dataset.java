package org.gantry.data;

import java.util.List;
import java.util.Optional;

/**
 * Real samples. A data set is either {@link IndexedDataset finite and read by index} or {@link
 * SampledDataset drawn at random}. The host shuffles the samples and makes batches of them.
 */
public sealed interface Dataset permits IndexedDataset, SampledDataset {

  /** The fields of every sample, in a fixed order. */
  List<DatasetField> fields();

  /**
   * Returns held-out samples: samples with the same fields, which training on this data set never
   * reads. Metrics use them.
   *
   * @return empty if the data set has no held-out samples
   */
  default Optional<Dataset> heldOut() {
    return Optional.empty();
  }

  /** Returns the field of that name, or empty if the data set has no such field. */
  default Optional<DatasetField> field(String name) {
    return fields().stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
