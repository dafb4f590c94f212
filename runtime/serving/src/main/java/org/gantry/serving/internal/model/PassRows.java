package org.gantry.serving.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;

/**
 * Rows that one request gives to the networks.
 *
 * @param model the networks under the seed of the request
 * @param use what to make
 * @param inputs a value of shape (count, ...) for each input of the use, by name
 */
record PassRows(TrainedModel model, ModelUse use, Map<String, NDArray> inputs) {

  /** The number of rows. */
  int count() {
    return Math.toIntExact(inputs.values().iterator().next().getShape().get(0));
  }

  /** Whether the rows can be computed in one pass with other rows. */
  boolean joins(PassRows other) {
    return use.name().equals(other.use().name()) && shapes().equals(other.shapes());
  }

  private Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, value) -> shapes.put(name, value.getShape().slice(1)));
    return shapes;
  }

  /** Makes the output of these rows alone, which belongs to the manager of the model. */
  NDArray make() {
    return model.make(use, inputs);
  }

  /**
   * Makes the output of the rows of several requests in one pass.
   *
   * @param parts rows that join each other, at least one
   * @return the output of each part, which belongs to the manager of its model
   */
  static List<NDArray> makeTogether(List<PassRows> parts) {
    PassRows first = parts.get(0);
    try (NDManager scratch = first.model().manager().newSubManager()) {
      Map<String, NDArray> joined = new LinkedHashMap<>();
      for (String name : first.inputs().keySet()) {
        NDList values = new NDList();
        parts.forEach(part -> values.add(part.inputs().get(name)));
        NDArray all = NDArrays.concat(values);
        all.attach(scratch);
        joined.put(name, all);
      }
      NDArray made = first.model().make(first.use(), joined);
      made.attach(scratch);
      List<NDArray> outputs = new ArrayList<>();
      long from = 0;
      for (PassRows part : parts) {
        NDArray own = made.get(new NDIndex("{}:{}", from, from + part.count()));
        own.attach(part.model().manager());
        outputs.add(own);
        from += part.count();
      }
      return outputs;
    }
  }
}
