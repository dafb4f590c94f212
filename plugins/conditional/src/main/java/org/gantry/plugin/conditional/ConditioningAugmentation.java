package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.NetworkOutputs;
import org.gantry.graph.Signal;
import org.gantry.layers.ConditionPlace;
import org.gantry.regularizer.Regularizer;

/**
 * Conditioning augmentation. A generator sees a value of a normal distribution in place of its
 * condition, in training and afterwards. The distribution is that of the condition {@code
 * gaussian}. A further term of its player is the Kullback-Leibler divergence of the distribution
 * from the standard normal one, so that it does not become a point.
 *
 * <p>The divergence is averaged over the batch. A sum over values is larger than their mean by the
 * length of the condition: with 128 values, the weight 2 of a mean is the weight 1/64 of a sum.
 *
 * <p>A mean of two conditions, as of GAN-INT, stays as it is.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "conditioning-augmentation",
    summary = "Generators see a random value near their condition, from a distribution (StackGAN)",
    paper = "arXiv:1612.03242, section 3.2")
final class ConditioningAugmentation implements Regularizer {

  private static final String DIVERGENCE = "divergence";
  private static final String NOISE = "augmentation";

  /** How the divergences of the values of a condition become one. */
  enum DivergenceScale {
    /** Their mean, as in the authors' code. */
    MEAN,
    /** Their sum, as in the paper. */
    SUM;

    /** The mean over a batch of what the divergences of a condition become, as a scalar. */
    NDArray of(NDArray mean, NDArray logDeviation) {
      NDArray divergences = NormalDistribution.divergences(mean, logDeviation);
      return this == MEAN ? divergences.mean() : divergences.sum(new int[] {1}).mean();
    }
  }

  /** The defaults are those of the authors' code, except for the noise. */
  record Options(
      @Description(
              "the weight of the divergence; the authors' code has 2 with mean, the paper 1 with sum")
          @DefaultValue("2")
          @PositiveOrZero double weight,
      @Description("mean or sum of the divergence over the values of a condition")
          @DefaultValue("mean")
          DivergenceScale divergence,
      @Description(
              "whether the noise has no values outside of (-2, 2), as in the authors' code; the"
                  + " divergence assumes that it has")
          @DefaultValue("false")
          boolean truncated,
      @Description("the roles of the generators that it applies to; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  ConditioningAugmentation(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    Map<Signal, Signal> logDeviations = logDeviations(graph);
    Set<Signal> seen = new LinkedHashSet<>();
    for (Network generator : graph.networks(options.networks(), ComponentKind.GENERATOR)) {
      List<Signal> conditions =
          generator.appliedTo().stream()
              .flatMap(List::stream)
              .filter(logDeviations::containsKey)
              .toList();
      if (!conditions.isEmpty()) {
        seen.addAll(conditions);
        for (String port : generator.inputPorts(ValueType.CONDITION)) {
          generator.transformInput(port, mean -> sample(graph, mean, logDeviations));
        }
      }
    }
    if (seen.isEmpty()) {
      throw new UnusableComponentException(
          "no generator has a condition with a deviation; write networks: {generator-condition:"
              + " {gaussian: {of: ...}}} with a topology such as conditional");
    }
    for (Network encoder : encoders(graph)) {
      for (List<Signal> inputs : encoder.appliedTo()) {
        NetworkOutputs outputs = encoder.apply(inputs.toArray(new Signal[0]));
        if (seen.contains(outputs.get(ConditionPlace.PORT)) && !encoder.isFrozen()) {
          addDivergence(graph, encoder, outputs);
        }
      }
    }
  }

  /** The networks that give a distribution in place of a condition. */
  private static List<Network> encoders(Graph graph) {
    return graph.networks().stream()
        .filter(network -> network.outputPorts().contains(GaussianCondition.LOG_DEVIATION))
        .toList();
  }

  /** The logarithm of the deviation of each condition that has one. */
  private static Map<Signal, Signal> logDeviations(Graph graph) {
    Map<Signal, Signal> found = new LinkedHashMap<>();
    for (Network encoder : encoders(graph)) {
      for (List<Signal> inputs : encoder.appliedTo()) {
        NetworkOutputs outputs = encoder.apply(inputs.toArray(new Signal[0]));
        found.put(outputs.get(ConditionPlace.PORT), outputs.get(GaussianCondition.LOG_DEVIATION));
      }
    }
    return found;
  }

  private Signal sample(Graph graph, Signal mean, Map<Signal, Signal> logDeviations) {
    Signal logDeviation = logDeviations.get(mean);
    if (logDeviation == null) {
      return mean;
    }
    Signal noise =
        options.truncated()
            ? graph.map(
                NOISE, NormalDistribution::truncated, graph.uniform(NOISE + "-noise", mean.shape()))
            : graph.normal(NOISE + "-noise", mean.shape());
    return graph.typed(
        ValueType.CONDITION,
        graph.combine(
            "augmented-condition",
            arrays -> NormalDistribution.sample(arrays.get(0), arrays.get(1), arrays.get(2)),
            mean,
            logDeviation,
            noise));
  }

  private void addDivergence(Graph graph, Network encoder, NetworkOutputs outputs) {
    Signal divergence =
        graph.map(
            DIVERGENCE,
            options.divergence()::of,
            outputs.get(ConditionPlace.PORT),
            outputs.get(GaussianCondition.LOG_DEVIATION));
    if (options.weight() > 0) {
      graph.minimise(encoder.player(), DIVERGENCE, options.weight(), divergence);
    }
  }
}
