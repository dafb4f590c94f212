package org.gantry.graph;

import ai.djl.ndarray.types.Shape;
import org.gantry.data.ValueType;
import org.osgi.annotation.versioning.ProviderType;

/** A named value in the training graph, such as a batch field, noise, or a network's output. */
@ProviderType
public interface Signal {

  /** The name, unique in its graph. */
  String name();

  /** The shape; the batch dimension comes first if the value has one. */
  Shape shape();

  /**
   * What the value is. A function of conditions gives a condition, a function that keeps the shape
   * of its first argument keeps its type, and any other function gives {@link ValueType#OTHER}.
   */
  ValueType type();
}
