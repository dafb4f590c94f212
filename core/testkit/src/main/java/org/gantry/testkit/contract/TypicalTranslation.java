package org.gantry.testkit.contract;

import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/** A game of two generators, which translate between the images of two data sets. */
final class TypicalTranslation implements Topology {

  @Override
  public void wire(Graph graph) {
    Signal first = graph.real(DatasetField.IMAGE, graph.draws().get(0));
    Signal second = graph.real(DatasetField.IMAGE, graph.draws().get(1));
    translate(graph, "there", first, second);
    translate(graph, "back", second, first);
  }

  private static void translate(Graph graph, String name, Signal from, Signal to) {
    Network generator =
        graph
            .network(name, ComponentKind.GENERATOR)
            .takes("given", from)
            .gives(DatasetField.IMAGE, to);
    Network discriminator =
        graph
            .network(name + "-discriminator", ComponentKind.DISCRIMINATOR)
            .takes(DatasetField.IMAGE, to);
    Signal fake = generator.apply(from).get(DatasetField.IMAGE);
    graph.pair(name, discriminator, Example.of(to), FakeExample.of(fake, generator.player()));
    graph.use(name, fake);
  }
}
