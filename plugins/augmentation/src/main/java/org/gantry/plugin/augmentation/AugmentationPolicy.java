package org.gantry.plugin.augmentation;

import java.util.function.Supplier;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/** A transform of images, with its own draws. */
enum AugmentationPolicy {
  /** Random brightness, saturation and contrast. */
  COLOR {
    @Override
    Signal apply(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "recoloured",
          v ->
              ImageTransforms.contrast(
                  ImageTransforms.saturation(
                      ImageTransforms.brightness(v.get(0), v.get(1)), v.get(2)),
                  v.get(3)),
          images,
          draw.get(),
          draw.get(),
          draw.get());
    }
  },
  /** A random shift by up to an eighth of each side. */
  TRANSLATION {
    @Override
    Signal apply(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "shifted",
          v -> ImageTransforms.translation(v.get(0), v.get(1), v.get(2), 0.125),
          images,
          draw.get(),
          draw.get());
    }
  },
  /** A random hole with half of each side. */
  CUTOUT {
    @Override
    Signal apply(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "cut",
          v -> ImageTransforms.cutout(v.get(0), v.get(1), v.get(2), 0.5),
          images,
          draw.get(),
          draw.get());
    }
  };

  /**
   * Transforms images.
   *
   * @param images shape (batch, channels, height, width)
   * @param draw returns a new signal of draws at each call
   */
  abstract Signal apply(Graph graph, Signal images, Supplier<Signal> draw);
}
