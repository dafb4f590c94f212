package org.gantry.drawing;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How shapes are spelled wherever people read them. */
public final class ShapeText {

  private ShapeText() {}

  /**
   * A shape such as {@code 64×1×28×28}; {@code scalar} for one without dimensions, a question mark
   * for a dimension that is not known.
   */
  public static String of(Shape shape) {
    return shape.dimension() == 0
        ? "scalar"
        : Arrays.stream(shape.getShape())
            .mapToObj(n -> n < 0 ? "?" : Long.toString(n))
            .collect(Collectors.joining("×"));
  }
}
