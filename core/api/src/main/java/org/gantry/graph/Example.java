package org.gantry.graph;

import java.util.List;

/**
 * The input of a discriminator: one signal per input port, in order. Usually a single image; in a
 * conditional game an image and its condition, in a joint game an image and a code.
 */
public record Example(List<Signal> signals) {

  /** Copies the list. */
  public Example {
    signals = List.copyOf(signals);
  }

  /** An example of the given signals, in the order of the discriminator's input ports. */
  public static Example of(Signal... signals) {
    return new Example(List.of(signals));
  }
}
