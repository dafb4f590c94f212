package ${package};

import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/** One generator and one discriminator. Replace it by your own topology. */
@Component(
    kind = ComponentKind.TOPOLOGY,
    name = "${name}",
    summary = "One generator of samples from latent codes, and one discriminator of samples")
final class ${className} implements Topology {

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real("image");
    Signal code = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives("image", real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
    Signal fake = generator.apply(code).get("image");
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
  }
}
