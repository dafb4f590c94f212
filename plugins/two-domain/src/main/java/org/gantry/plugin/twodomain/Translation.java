package org.gantry.plugin.twodomain;

import java.util.ArrayList;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/**
 * A generator between two domains, as a pair of the game states it.
 *
 * @param generator takes one image
 * @param from real images of the domain that it leads from
 * @param to real images of the other domain, which its results are judged against
 */
record Translation(Network generator, Signal from, Signal to) {

  /**
   * Returns the translations of a graph, in the order of its pairs.
   *
   * @throws UnusableComponentException if the graph has none
   */
  static List<Translation> in(Graph graph) {
    List<Translation> found = new ArrayList<>();
    for (AdversarialPair pair : graph.pairs()) {
      for (FakeExample fake : pair.fakes()) {
        for (Network network : graph.networks()) {
          if (network.kind().equals(ComponentKind.GENERATOR)
              && fake.makers().contains(network.player())) {
            add(found, network, fake.example().signals().get(0), pair.real().signals().get(0));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new UnusableComponentException(
          "no generator leads from one data set to another; use it with the topology two-domain");
    }
    return found;
  }

  private static void add(List<Translation> found, Network network, Signal fake, Signal real) {
    for (List<Signal> inputs : network.appliedTo()) {
      Signal from = inputs.get(0);
      if (inputs.size() == 1
          && from.type() == ValueType.IMAGE
          && from.shape().dimension() == real.shape().dimension()
          && network.apply(from).get(DatasetField.IMAGE).equals(fake)) {
        found.add(new Translation(network, from, real));
      }
    }
  }

  /** Whether the other translation leads from this one's results to its images. */
  boolean isUndoneBy(Translation other) {
    return from.equals(other.to) && to.equals(other.from);
  }

  /** The translated images of the first domain. */
  Signal result() {
    return generator.apply(from).get(DatasetField.IMAGE);
  }
}
