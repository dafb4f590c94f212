package org.gantry.plugin.unconditional;

import static org.gantry.component.Kind.DISCRIMINATOR;
import static org.gantry.component.Kind.GENERATOR;
import static org.gantry.component.Kind.TOPOLOGY;

import org.gantry.component.Component;
import org.gantry.data.Field;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/** One generator, which turns latent codes into samples, against one discriminator of samples. */
@Component(
    kind = TOPOLOGY,
    name = "unconditional",
    summary = "One generator from latent codes against one discriminator",
    paper = "arXiv:1406.2661, section 3")
final class UnconditionalTopology implements Topology {

  private static final String LATENT = "latent";

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(Field.IMAGE);
    Signal latent = graph.latent(LATENT);
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(Field.IMAGE, real);
    Network discriminator = graph.network("discriminator", DISCRIMINATOR).takes(Field.IMAGE, real);
    Signal fake = generator.apply(latent).get(Field.IMAGE);
    graph.pair(
        "adversarial", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
  }
}
