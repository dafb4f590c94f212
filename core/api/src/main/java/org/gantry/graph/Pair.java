package org.gantry.graph;

import java.util.List;

/**
 * An adversarial pair: one discriminator, one kind of real example, one or more kinds of fake.
 *
 * @param name names the pair's terms, such as {@code manifold}; unique in the graph
 */
public record Pair(String name, Network discriminator, Example real, List<Fake> fakes) {

  /** Copies the list of fakes. */
  public Pair {
    fakes = List.copyOf(fakes);
  }
}
