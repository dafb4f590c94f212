package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conditions of which networks get a mixture. Each is encoded, and the encodings are added.
 *
 * @param encodings the nodes whose values are mixed, with all of their outputs
 * @param parts values of the conditions, for each part of the mixture
 * @param shares for each part, the share of each row
 */
record ConditionMixture(
    List<GraphNode> encodings, List<Map<GraphNode, NDArray>> parts, List<float[]> shares) {

  /** Returns the mixed encodings for some rows. */
  Map<GraphNode, NDList> encode(Evaluator evaluator, ParameterStore parameters, RowRange range) {
    Map<GraphNode, NDList> mixed = new HashMap<>();
    for (GraphNode encoding : encodings) {
      NDList sums = new NDList();
      for (int output = 0; output < encoding.shapes().size(); output++) {
        sums.add(mix(encoding.output(output), evaluator, parameters, range));
      }
      mixed.put(encoding, sums);
    }
    return mixed;
  }

  private NDArray mix(
      NodeOutput encoding, Evaluator evaluator, ParameterStore parameters, RowRange range) {
    NDArray sum = null;
    for (int i = 0; i < parts.size(); i++) {
      Map<GraphNode, NDList> rows = range.of(parts.get(i));
      NDArray encoded = evaluator.make(encoding, rows, parameters, range.manager());
      NDArray part = encoded.mul(share(i, encoded.getShape(), range));
      part.attach(range.manager());
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  /** The shares of rows, in a shape that multiplies their encodings. */
  private NDArray share(int part, Shape encoded, RowRange range) {
    NDArray all = range.manager().create(shares.get(part));
    long[] sides = new long[encoded.dimension()];
    Arrays.fill(sides, 1);
    sides[0] = encoded.get(0);
    return range.fill(all, encoded.get(0)).reshape(sides);
  }
}
