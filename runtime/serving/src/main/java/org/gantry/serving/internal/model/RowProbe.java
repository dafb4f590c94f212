package org.gantry.serving.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.runs.samples.SampleSource;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;

/**
 * Finds out whether the rows of requests may share a pass: whether a row has the same bits alone
 * and next to others, at any place and under any seed. Networks with random draws of their own, or
 * with statistics over a batch, fail this.
 */
final class RowProbe {

  private static final int ROWS = 8;
  private static final int[] COMPARED = {0, 3, 7};
  private static final long SEED = 1;

  private RowProbe() {}

  /**
   * Compares some rows of a use.
   *
   * @param source the networks, which belong to the calling thread
   */
  static boolean hasIndependentRows(SampleSource source, ModelUse use) {
    if (use.inputs().isEmpty()) {
      return false;
    }
    try (NDManager manager = source.newManager()) {
      TrainedModel model = source.trainedModel(manager, SEED);
      Map<String, NDArray> inputs = new LinkedHashMap<>(model.drawFields(use, ROWS));
      for (ModelInput code : use.codes()) {
        inputs.put(code.name(), model.drawCodes(code, ROWS));
      }
      NDArray together = model.make(use, inputs);
      TrainedModel other = source.trainedModel(manager, SEED + 1);
      for (int row : COMPARED) {
        NDArray alone = other.make(use, row(inputs, row));
        if (!Arrays.equals(
            alone.toFloatArray(),
            together.get(new NDIndex("{}:{}", row, row + 1)).toFloatArray())) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException e) {
      // What cannot be tried, such as networks whose data are missing, is computed request by
      // request.
      return false;
    }
  }

  private static Map<String, NDArray> row(Map<String, NDArray> inputs, int row) {
    Map<String, NDArray> one = new LinkedHashMap<>();
    inputs.forEach((name, all) -> one.put(name, all.get(new NDIndex("{}:{}", row, row + 1))));
    return one;
  }
}
