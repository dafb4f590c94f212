package org.gantry.plugin.twodomain;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * Translates between two data sets without pairs. A generator leads from each domain to the other,
 * and a discriminator judges each domain. With the regularizer {@code cycle} it is the game of
 * CycleGAN, DiscoGAN and DualGAN; without it, nothing ties a result to the image that it was made
 * of.
 *
 * <p>The names of the data sets are the names of the domains. If a data set has a field with the
 * name of the other domain, metrics compare translations with it; the training does not read it.
 */
@Component(
    kind = TOPOLOGY,
    name = "two-domain",
    summary = "Translation between two data sets without pairs",
    paper = "arXiv:1703.10593, section 3")
final class TwoDomainTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;

  @Override
  public void wire(Graph graph) {
    List<String> domains = graph.draws();
    if (domains.size() != 2) {
      throw new UnusableComponentException(
          "it needs two data sets, as in data: {photos: {...}, drawings: {...}}, not %d"
              .formatted(domains.size()));
    }
    Signal first = graph.real(IMAGE, domains.get(0));
    Signal second = graph.real(IMAGE, domains.get(1));
    Network there = translator(graph, "generator", first, second);
    Network back = translator(graph, "back-generator", second, first);
    translate(graph, domains.get(0), domains.get(1), there);
    translate(graph, domains.get(1), domains.get(0), back);
    returnTo(graph, domains.get(0), there, back);
    returnTo(graph, domains.get(1), back, there);
  }

  private static Network translator(Graph graph, String role, Signal from, Signal to) {
    return graph.network(role, GENERATOR).takes("given", from).gives(IMAGE, to);
  }

  /** The game of one direction. */
  private static void translate(Graph graph, String domain, String other, Network there) {
    Signal from = graph.real(IMAGE, domain);
    Signal to = graph.real(IMAGE, other);
    Network discriminator = graph.network(other + "-discriminator", DISCRIMINATOR).takes(IMAGE, to);
    Signal fake = there.apply(from).get(IMAGE);
    graph.pair("to-" + other, discriminator, Example.of(to), FakeExample.of(fake, there.player()));
    // Data that know the right image of the other domain can measure translations.
    if (hasCounterpart(graph, domain, other)) {
      graph.use("to-" + other, fake, graph.real(other, domain));
    } else {
      graph.use("to-" + other, fake);
    }
  }

  /** Whether a domain has the images of the other one, and not a label that has its name. */
  private static boolean hasCounterpart(Graph graph, String domain, String other) {
    DatasetField image = graph.dataset(other).field(IMAGE).orElseThrow();
    return graph
        .dataset(domain)
        .field(other)
        .filter(f -> f.type() == image.type() && f.shape().equals(image.shape()))
        .isPresent();
  }

  /** The round trip of one direction, whose result should be the image that it began with. */
  private static void returnTo(Graph graph, String domain, Network there, Network back) {
    Signal from = graph.real(IMAGE, domain);
    Signal returned = back.apply(there.apply(from).get(IMAGE)).get(IMAGE);
    graph.use(domain + "-and-back", returned, from);
  }
}
