package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.HashMap;
import java.util.Map;

/**
 * A range of rows of the graph's inputs, for one evaluation.
 *
 * @param first the first row
 * @param end the row after the last
 * @param filled whether the last row is repeated up to the batch of the graph; rows of other shapes
 *     than those of the training can be large, so that their batch is not filled
 * @param manager owns the rows
 */
record RowRange(long first, long end, boolean filled, NDManager manager) {

  /** Returns the rows of each value. */
  Map<GraphNode, NDList> of(Map<GraphNode, NDArray> values) {
    Map<GraphNode, NDList> rows = new HashMap<>();
    values.forEach((node, value) -> rows.put(node, new NDList(of(node, value))));
    return rows;
  }

  private NDArray of(GraphNode node, NDArray value) {
    return fill(value, filled ? node.shapes().get(0).get(0) : end - first);
  }

  /** Returns the rows of a value, and the last one repeated up to a number of rows. */
  NDArray fill(NDArray value, long count) {
    long missing = count - (end - first);
    NDArray part = value.get(new NDIndex("{}:{}", first, end));
    part.attach(manager);
    if (missing <= 0) {
      return part;
    }
    NDArray last = value.get(new NDIndex("{}:{}", end - 1, end));
    last.attach(manager);
    return NDArrays.concat(new NDList(part, last.repeat(0, missing)));
  }
}
