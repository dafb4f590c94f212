package org.gantry.plugin.unconditional;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import org.gantry.component.Component;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/** The original GAN: a generator of samples from latent codes, and a discriminator. */
@Component(
    kind = TOPOLOGY,
    name = "unconditional",
    summary = "The original GAN: one generator and one discriminator, without conditions",
    paper = "arXiv:1406.2661, section 3")
final class UnconditionalTopology implements Topology {

  private static final String LATENT = "latent";

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent(LATENT);
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair(
        "adversarial", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
  }
}
