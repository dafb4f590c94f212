package org.gantry.runs.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.gantry.sampler.ModelUse;

/** Chooses what to make, and values for some of its inputs. */
public interface SampleInputs {

  /** The usual use, with inputs from the data. */
  SampleInputs FROM_DATA = fromData("");

  /**
   * A use with inputs from the data.
   *
   * @param name the name of the use; empty for the usual one
   */
  static SampleInputs fromData(String name) {
    return new SampleInputs() {
      @Override
      public String use() {
        return name;
      }

      @Override
      public Map<String, NDArray> values(ModelUse use, int first, int count, NDManager manager) {
        return Map.of();
      }
    };
  }

  /** The name of the use; empty for the usual one. */
  String use();

  /**
   * The values of inputs for some of the samples.
   *
   * @param first the index of the first sample
   * @param manager owns the values
   * @return shape (count, ...) by the name of the input; the data give the values of the others
   */
  Map<String, NDArray> values(ModelUse use, int first, int count, NDManager manager);
}
