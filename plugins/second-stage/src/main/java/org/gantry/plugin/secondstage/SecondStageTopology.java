package org.gantry.plugin.secondstage;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
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
import org.gantry.topology.ConditionEncoder;
import org.gantry.topology.Topology;

/**
 * Refines small images of a trained generator to larger ones. The recipe takes the role {@code
 * first-generator} from an earlier run or stage. A second generator translates its images, which
 * are enlarged by repetition before, or which it enlarges itself.
 *
 * <p>With a label or a text, both generators and the discriminator see it. Each has an encoding of
 * its own, in the roles {@code first-generator-condition}, {@code generator-condition} and {@code
 * discriminator-condition}; the first comes from where the first generator does. As in the topology
 * {@code conditional}, real samples with a wrong condition can count as further fakes.
 *
 * <p>The first generator keeps its weights, as in the paper. Fine-tuned, it learns with the second.
 */
@Component(
    kind = TOPOLOGY,
    name = "second-stage",
    summary = "A second generator that refines the images of a trained one",
    paper = "arXiv:1612.03242, section 3.4")
final class SecondStageTopology implements Topology {

  /** The role of the second generator. */
  private static final String SECOND = "generator";

  /** The end of the role of a network's encoding of the label or the text. */
  private static final String CONDITION = "-condition";

  record Options(
      @Description("how many times larger the side of a refined image is")
          @DefaultValue("2")
          @Positive int factor,
      @Description("the label or the text that all networks see, such as caption; empty for none")
          @DefaultValue("")
          String given,
      @Description(
              "whether the second generator sees the label or the text, too; otherwise the image alone")
          @DefaultValue("true")
          boolean twice,
      @Description(
              "the share of real samples with a wrong condition among the fakes; the authors' code"
                  + " has 0.5")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax("0.9") double mismatched,
      @Description(
              "whether images are enlarged by repetition before the second generator sees them")
          @DefaultValue("true")
          boolean enlarged,
      @Description("whether the first generator learns with the second") @DefaultValue("false")
          boolean fineTuned) {}

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
    Network first =
        graph
            .network("first-generator", GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, graph.map("shrunk", this::shrink, real));
    if (options.fineTuned()) {
      graph.assignPlayer(SECOND, first);
    }
    List<Signal> code = withCondition(graph, first, List.of(latent));
    Signal small = first.apply(code.toArray(new Signal[0])).get(DatasetField.IMAGE);
    Signal seen =
        options.enlarged()
            ? graph.typed(ValueType.IMAGE, graph.map("enlarged", this::enlarge, small))
            : small;
    Network second =
        graph.network(SECOND, GENERATOR).takes("given", seen).gives(DatasetField.IMAGE, real);
    List<Signal> given =
        options.twice() ? withCondition(graph, second, List.of(seen)) : List.of(seen);
    Signal fake = second.apply(given.toArray(new Signal[0])).get(DatasetField.IMAGE);
    play(graph, second, real, fake);
    if (!options.fineTuned()) {
      freeze(graph, first);
    }
    graph.use("refined", fake);
    graph.use("first", small);
  }

  private boolean isConditional() {
    return !options.given().isEmpty();
  }

  /** The inputs of a network, and its condition if there is one. */
  private List<Signal> withCondition(Graph graph, Network network, List<Signal> inputs) {
    if (!isConditional()) {
      return inputs;
    }
    String role = network.role() + CONDITION;
    List<Signal> all = new ArrayList<>(inputs);
    all.add(ConditionEncoder.of(graph, role, options.given(), network).condition());
    return all;
  }

  private void play(Graph graph, Network second, Signal real, Signal fake) {
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    if (!isConditional()) {
      graph.pair(
          "adversarial", discriminator, Example.of(real), FakeExample.of(fake, second.player()));
      return;
    }
    ConditionEncoder judged =
        ConditionEncoder.of(graph, "discriminator" + CONDITION, options.given(), discriminator);
    Signal condition = judged.condition();
    List<FakeExample> fakes = new ArrayList<>();
    fakes.add(
        new FakeExample(
            Example.of(fake, condition), List.of(second.player()), 1 - options.mismatched(), 1));
    if (options.mismatched() > 0) {
      Signal wrong = judged.condition(graph.mismatched(options.given()));
      fakes.add(
          new FakeExample(
              "mismatched", Example.of(real, wrong), List.of(), options.mismatched(), 0));
    }
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real, condition),
        fakes.toArray(new FakeExample[0]));
  }

  /** Keeps the weights of the first generator and of its condition. */
  private void freeze(Graph graph, Network first) {
    first.freeze();
    if (isConditional()) {
      graph.network(first.role() + CONDITION).freeze();
    }
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
