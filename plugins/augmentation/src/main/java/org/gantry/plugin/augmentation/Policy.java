package org.gantry.plugin.augmentation;

import java.util.function.Supplier;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/** What is done to images, each with draws of its own. */
enum Policy {
  /** Brightness, saturation and contrast. */
  COLOR {
    @Override
    Signal of(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "recoloured",
          v ->
              Augmentation.contrast(
                  Augmentation.saturation(Augmentation.brightness(v.get(0), v.get(1)), v.get(2)),
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
    Signal of(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "shifted",
          v -> Augmentation.translation(v.get(0), v.get(1), v.get(2), 0.125),
          images,
          draw.get(),
          draw.get());
    }
  },
  /** A square hole of half of each side. */
  CUTOUT {
    @Override
    Signal of(Graph graph, Signal images, Supplier<Signal> draw) {
      return graph.combine(
          "cut",
          v -> Augmentation.cutout(v.get(0), v.get(1), v.get(2), 0.5),
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
  abstract Signal of(Graph graph, Signal images, Supplier<Signal> draw);
}
