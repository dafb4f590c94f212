package org.gantry.data;

import java.util.List;
import java.util.Optional;

/**
 * Real samples. A data set is either {@link IndexedDataset finite and read by index} or {@link
 * SampledDataset drawn at random}; the host shuffles, batches and keeps the cursor.
 */
public sealed interface Dataset permits IndexedDataset, SampledDataset {

  /** The fields of every sample, in a fixed order. */
  List<DatasetField> fields();

  /**
   * Samples of the same kind that no training on this data set reads, to judge with.
   *
   * @return empty where there are none
   */
  default Optional<Dataset> heldOut() {
    return Optional.empty();
  }

  /** The field of that name. */
  default Optional<DatasetField> field(String name) {
    return fields().stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
