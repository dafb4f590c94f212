package org.gantry.plugin.conditional;

import static org.gantry.component.ComponentKind.CONDITION;
import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.ConditionPlace;
import org.gantry.topology.Topology;

/**
 * A conditional GAN: generator and discriminator both see what a sample should be like. The fakes
 * of a batch have the conditions of its real samples, so both have the same distribution. Each
 * player has an encoding of the condition of its own, in the roles {@code generator-condition} and
 * {@code discriminator-condition}, and learns it together with its network. {@code condition} in a
 * recipe names the architecture of both.
 *
 * <p>A real sample with the condition of another one can count as a further fake, as in the
 * matching-aware discriminator (GAN-CLS, arXiv:1605.05396, section 4.2). The wrong condition always
 * differs from the right one. The generator can also make samples for conditions between two of the
 * data, which no real sample has (GAN-INT, section 4.3). The discriminator does not learn from
 * them.
 */
@Component(
    kind = TOPOLOGY,
    name = "conditional",
    summary = "A conditional GAN: samples of a class, or as a text describes them",
    paper = "arXiv:1411.1784; arXiv:1605.05396, sections 4.2 and 4.3")
final class ConditionalTopology implements Topology {

  record Options(
      @Description("the field of the data that states what a sample is like, such as caption")
          @DefaultValue("label")
          String given,
      @Description(
              "the share of real samples with a wrong condition among the fakes; the paper has 0.5")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax("0.9") double mismatched,
      @Description(
              "the weight of samples for means of two conditions in the generator's loss; the paper"
                  + " has 1")
          @DefaultValue("0")
          @DecimalMin("0") double interpolated) {}

  private final Options options;

  @Inject
  ConditionalTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Signal given = graph.real(options.given());
    Network asked = encoder(graph, "generator-condition", given);
    Network judged = encoder(graph, "discriminator-condition", given);
    Signal request = asked.apply(given).get(ConditionPlace.PORT);
    Signal condition = judged.apply(given).get(ConditionPlace.PORT);
    Network generator =
        graph
            .network("generator", GENERATOR)
            .takes("latent", latent)
            .takes(ConditionPlace.PORT, request)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph
            .network("discriminator", DISCRIMINATOR)
            .takes(DatasetField.IMAGE, real)
            .takes(ConditionPlace.PORT, condition);
    graph.assignPlayer(generator.player(), generator, asked);
    graph.assignPlayer(discriminator.player(), discriminator, judged);
    Signal fake = generator.apply(latent, request).get(DatasetField.IMAGE);
    List<FakeExample> fakes = new ArrayList<>();
    fakes.add(
        new FakeExample(
            Example.of(fake, condition), List.of(generator.player()), 1 - options.mismatched(), 1));
    if (options.mismatched() > 0) {
      Signal wrong = judged.apply(graph.mismatched(options.given())).get(ConditionPlace.PORT);
      fakes.add(
          new FakeExample(
              "mismatched", Example.of(real, wrong), List.of(), options.mismatched(), 0));
    }
    if (options.interpolated() > 0) {
      Signal other = graph.mismatched(options.given());
      Signal between = mean(graph, request, asked.apply(other).get(ConditionPlace.PORT));
      Signal made =
          generator.apply(graph.latent("interpolated-latent"), between).get(DatasetField.IMAGE);
      Signal judgement = mean(graph, condition, judged.apply(other).get(ConditionPlace.PORT));
      fakes.add(
          new FakeExample(
              "interpolated",
              Example.of(made, judgement),
              List.of(generator.player()),
              0,
              options.interpolated()));
    }
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real, condition),
        fakes.toArray(new FakeExample[0]));
    graph.use("sample", fake);
  }

  private static Signal mean(Graph graph, Signal one, Signal other) {
    return graph.map("interpolation", (a, b) -> a.add(b).div(2), one, other);
  }

  /** The encoding that the recipe names, or else one that suits the type of the field. */
  private static Network encoder(Graph graph, String role, Signal given) {
    return given.type() == ValueType.TEXT
        ? graph
            .network(role, CONDITION, BagOfWordsCondition.PORTS, BagOfWordsCondition.plain())
            .takes("text", given)
        : graph
            .network(role, CONDITION, OneHotCondition.PORTS, new OneHotCondition())
            .takes("label", given);
  }
}
