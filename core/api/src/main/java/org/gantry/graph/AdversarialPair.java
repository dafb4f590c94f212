package org.gantry.graph;

import java.util.List;

/**
 * An adversarial pair: one discriminator, one kind of real example, one or more kinds of fake.
 *
 * @param name names the pair's terms, such as {@code manifold}; unique in the graph
 * @param real the input that the discriminator has to call real
 * @param makers the players who make a part of the real example and want it to pass as fake, such
 *     as the encoder of an image; usually empty
 */
public record AdversarialPair(
    String name,
    Network discriminator,
    Example real,
    List<String> makers,
    List<FakeExample> fakes) {

  /** Copies the lists. */
  public AdversarialPair {
    makers = List.copyOf(makers);
    fakes = List.copyOf(fakes);
  }

  /** The name of the terms of a fake of this pair. */
  public String termName(FakeExample fake) {
    return fake.name().isEmpty() ? name : fake.name();
  }
}
