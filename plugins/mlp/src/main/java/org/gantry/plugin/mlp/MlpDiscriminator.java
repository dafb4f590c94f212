package org.gantry.plugin.mlp;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.BranchConcat;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Flatten;
import org.gantry.layers.Pointwise;

/**
 * A multilayer perceptron from a sample of any shape to a score of shape (batch, 1). The features
 * are the last hidden layer.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "mlp",
    summary = "MLP discriminator, for points and small images",
    takes = {"image", "condition?"},
    gives = {"score", "features"})
final class MlpDiscriminator implements Architecture {

  /** The size, the functions and the initialization of the network. */
  record Options(
      @Description("the units of each hidden layer, from the sample to the score")
          @DefaultValue("[128, 128]")
          List<@Positive Integer> hidden,
      @Description("the activation of each hidden layer") @DefaultValue("relu")
          Activation activation,
      @Description(
              "the number of maxout pieces per hidden unit, instead of an activation; 1 for"
                  + " none")
          @DefaultValue("1")
          @Positive int maxout,
      @Description("a factor on the samples, to bring widely spread points near 1")
          @DefaultValue("1")
          @Positive double inputScale,
      @Description(
              "the octaves of Fourier features of the coordinates, for fine detail; 0 for"
                  + " none")
          @DefaultValue("0")
          @Min(0) @Max(16) int octaves,
      @Description("whether hidden layers have batch normalisation before their activation")
          @DefaultValue("false")
          boolean batchNorm,
      @Description("the dropout probability of hidden units")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax("0.95") double dropout,
      @Description("the initialization of weights: xavier, he, normal or orthogonal")
          @DefaultValue("xavier")
          WeightInitialization init,
      @Description("scales weights that xavier, he or orthogonal initialised")
          @DefaultValue("1")
          @Positive double gain,
      @Description("the standard deviation of weights that start by normal")
          @DefaultValue("0.02")
          @Positive double std,
      @Description("where a condition enters, if there is one: input, hidden or projection")
          @DefaultValue("input")
          ConditionPlace condition) {}

  private final Options options;

  @Inject
  MlpDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    SequentialBlock trunk = new SequentialBlock();
    trunk.add(new Flatten());
    if (options.inputScale != 1) {
      double scale = options.inputScale;
      trunk.add(new Pointwise(x -> x.mul(scale), "x * " + scale));
    }
    if (options.octaves > 0) {
      trunk.add(new FourierFeatures(options.octaves));
    }
    new HiddenLayers(
            options.hidden, options.activation, options.batchNorm, options.maxout, options.dropout)
        .addTo(trunk, site);
    int features = options.hidden.get(options.hidden.size() - 1);
    Block network =
        options.condition.discriminator(
            site,
            new BranchConcat(new Flatten(), new Flatten()),
            trunk,
            () ->
                new SequentialBlock()
                    .add(Linear.builder().setUnits(features).build())
                    .add(options.activation.layer()),
            Linear.builder().setUnits(1).build(),
            features);
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
