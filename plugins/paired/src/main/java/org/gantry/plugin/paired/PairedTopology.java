package org.gantry.plugin.paired;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.ConditionPlace;
import org.gantry.topology.ConditionEncoder;
import org.gantry.topology.Topology;

/**
 * Translates one field of the data to the image of the same sample, as in pix2pix. The
 * discriminator sees the given image as a condition, and the difference from the right image pulls
 * the result to it. With {@code sees-given: false} it judges the result alone, as in GP-GAN.
 *
 * <p>A given image of another size is enlarged or reduced, as in SRGAN (arXiv:1609.04802). The
 * discriminator then sees the result alone.
 *
 * <p>A label or a text of the data can say which of several results is right, such as the font to
 * draw a character in (zi2zi). The generator sees it through a network in the role {@code
 * condition}, which learns with it. The discriminator does not see it; let the regularizer {@code
 * auxiliary-classifier} judge whether a result has its label. With {@code shuffled}, both players
 * also see results for a wrong condition, which the data have no right image of (label shuffling).
 */
@Component(
    kind = TOPOLOGY,
    name = "paired",
    summary = "Translation of an image to its counterpart, learned from pairs",
    paper =
        "arXiv:1611.07004, section 3; arXiv:1609.04802, section 2.2; arXiv:1703.07195, section 3;"
            + " zi2zi (Tian, 2017)")
final class PairedTopology implements Topology {

  record Options(
      @Description("the field of the data that is given, such as outline") @DefaultValue("outline")
          String given,
      @Description("the weight of the mean difference from the right image")
          @DefaultValue("100")
          @DecimalMin("0") double distance,
      @Description("whether the difference is squared, as in SRGAN, rather than absolute")
          @DefaultValue("false")
          boolean squared,
      @Description("the weight of the generator's loss; 0 for the distance alone, in comparisons")
          @DefaultValue("1")
          @DecimalMin("0") double adversarial,
      @Description(
              "the label or text that the generator also sees, such as font, with networks.condition;"
                  + " empty for none")
          @DefaultValue("")
          String condition,
      @Description(
              "the weight of results for a wrong condition, such as another font, in the loss of both"
                  + " players; zi2zi has 1 in its second half")
          @DefaultValue("0")
          @DecimalMin("0") double shuffled,
      @Description("whether the discriminator also sees the given image, if it has the same size")
          @DefaultValue("true")
          boolean seesGiven) {}

  private final Options options;

  @Inject
  PairedTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    if (options.shuffled() > 0 && options.condition().isEmpty()) {
      throw new UnusableComponentException(
          "'shuffled' needs a condition, such as condition: font, whose labels it can shuffle");
    }
    Signal given = graph.real(options.given());
    Signal real = graph.real(DatasetField.IMAGE);
    Network generator =
        graph.network("generator", GENERATOR).takes("given", given).gives(DatasetField.IMAGE, real);
    Optional<ConditionEncoder> condition =
        options.condition().isEmpty()
            ? Optional.empty()
            : Optional.of(
                ConditionEncoder.of(graph, ConditionPlace.PORT, options.condition(), generator));
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    // An image of another size cannot be laid next to the result.
    boolean sees = options.seesGiven() && given.shape().slice(2).equals(real.shape().slice(2));
    if (sees) {
      discriminator.takes("condition", given);
    }
    Signal fake = translate(generator, given, condition.map(ConditionEncoder::condition));
    List<FakeExample> fakes = new ArrayList<>();
    fakes.add(fake("", generator, example(fake, given, sees), 1));
    if (options.shuffled() > 0) {
      Signal other = graph.mismatched(options.condition());
      Signal shuffled = translate(generator, given, condition.map(c -> c.condition(other)));
      fakes.add(
          fake("shuffled", generator, example(shuffled, given, sees), options.shuffled())
              .askedFor(options.condition(), other));
    }
    graph.pair(
        "adversarial",
        discriminator,
        example(real, given, sees),
        fakes.toArray(new FakeExample[0]));
    Signal distance = graph.map("distance", this::distance, fake, real);
    if (options.distance() > 0) {
      graph.minimise(generator.player(), "distance", options.distance(), distance);
    }
    graph.use("translation", fake, real);
  }

  private static Signal translate(Network generator, Signal given, Optional<Signal> condition) {
    Signal[] inputs =
        condition.map(c -> new Signal[] {given, c}).orElseGet(() -> new Signal[] {given});
    return generator.apply(inputs).get(DatasetField.IMAGE);
  }

  private static Example example(Signal image, Signal given, boolean sees) {
    return sees ? Example.of(image, given) : Example.of(image);
  }

  private FakeExample fake(String name, Network generator, Example example, double weight) {
    return new FakeExample(
        name, example, List.of(generator.player()), weight, weight * options.adversarial());
  }

  private NDArray distance(NDArray made, NDArray right) {
    NDArray difference = made.sub(right);
    return (options.squared() ? difference.square() : difference.abs()).mean();
  }
}
