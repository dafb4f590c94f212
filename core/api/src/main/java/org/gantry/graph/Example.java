package org.gantry.graph;

import java.util.List;

/**
 * What a discriminator looks at: one signal per input port, in order. Mostly a single image; an
 * image and its condition in a conditional game; an image and a code in a joint one.
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
