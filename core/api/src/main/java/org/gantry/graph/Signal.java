package org.gantry.graph;

import ai.djl.ndarray.types.Shape;
import org.osgi.annotation.versioning.ProviderType;

/** A named value in the training graph: a batch field, a noise draw, a network's output, a term. */
@ProviderType
public interface Signal {

  /** The name, unique in its graph. */
  String name();

  /** The shape, with the batch dimension first where the value has one. */
  Shape shape();
}
