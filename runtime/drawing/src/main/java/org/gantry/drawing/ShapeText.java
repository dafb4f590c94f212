package org.gantry.drawing;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Formats shapes for people. */
public final class ShapeText {

  private ShapeText() {}

  /**
   * Returns a shape such as {@code 64×1×28×28}. A shape without dimensions is {@code scalar}; an
   * unknown dimension is a question mark.
   */
  public static String of(Shape shape) {
    return shape.dimension() == 0
        ? "scalar"
        : Arrays.stream(shape.getShape())
            .mapToObj(n -> n < 0 ? "?" : Long.toString(n))
            .collect(Collectors.joining("×"));
  }
}
