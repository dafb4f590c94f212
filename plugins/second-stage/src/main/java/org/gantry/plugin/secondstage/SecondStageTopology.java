package org.gantry.plugin.secondstage;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * Refines small images of a trained generator to larger ones. The recipe takes the role {@code
 * first-generator} from an earlier run or stage. Its images are enlarged by repetition, and a
 * second generator translates them.
 */
@Component(
    kind = TOPOLOGY,
    name = "second-stage",
    summary = "A second generator that refines the images of a trained one",
    paper = "arXiv:1612.03242, section 3.3")
final class SecondStageTopology implements Topology {

  record Options(
      @Description("how many times larger the side of a refined image is")
          @DefaultValue("2")
          @Positive int factor) {}

  private final Options options;

  @Inject
  SecondStageTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    requireDivisible(graph.field(DatasetField.IMAGE).shape());
    Signal latent = graph.latent("latent");
    Signal shrunk = graph.map("shrunk", this::shrink, real);
    Network first =
        graph
            .network("first-generator", GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, shrunk);
    first.freeze();
    Signal small = first.apply(latent).get(DatasetField.IMAGE);
    Signal enlarged = graph.typed(ValueType.IMAGE, graph.map("enlarged", this::enlarge, small));
    Network second =
        graph
            .network("generator", GENERATOR)
            .takes("given", enlarged)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = second.apply(enlarged).get(DatasetField.IMAGE);
    graph.pair(
        "adversarial", discriminator, Example.of(real), FakeExample.of(fake, second.player()));
    graph.use("refined", fake);
    graph.use("first", small);
  }

  private void requireDivisible(Shape image) {
    if (image.dimension() != 3
        || image.get(1) % options.factor() != 0
        || image.get(2) % options.factor() != 0) {
      throw new UnusableComponentException(
          "it needs images whose sides are multiples of %d pixels, not samples of shape %s"
              .formatted(options.factor(), image));
    }
  }

  /** The mean of each square of pixels. */
  private NDArray shrink(NDArray images) {
    Shape shape = images.getShape();
    int factor = options.factor();
    return images
        .reshape(
            shape.get(0),
            shape.get(1),
            shape.get(2) / factor,
            factor,
            shape.get(3) / factor,
            factor)
        .mean(new int[] {5})
        .mean(new int[] {3});
  }

  private NDArray enlarge(NDArray images) {
    return images.repeat(2, options.factor()).repeat(3, options.factor());
  }
}
