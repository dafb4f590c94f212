package org.gantry.plugin.augmentation;

import java.util.function.Supplier;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/** What is done to images, each with draws of its own. */
enum AugmentationPolicy {
  /** Brightness, saturation and contrast. */
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
  /** A shift by up to an eighth of each side. */
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
  /** A square hole of half of each side. */
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
   * Changes images.
   *
   * @param images shape (batch, channels, height, width)
   * @param draw gives another signal of draws at each call
   */
  abstract Signal apply(Graph graph, Signal images, Supplier<Signal> draw);
}
