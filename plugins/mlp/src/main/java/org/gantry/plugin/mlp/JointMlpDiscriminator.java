package org.gantry.plugin.mlp;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.BranchConcat;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;

/**
 * A multilayer perceptron from a sample of any shape and a latent code, concatenated, to a score of
 * shape (batch, 1). The features are the last hidden layer.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "joint-mlp",
    summary = "MLP discriminator of a sample and a latent code together",
    paper = "arXiv:1605.09782, section 3",
    takes = {"image", "latent"},
    gives = {"score", "features"})
final class JointMlpDiscriminator implements Architecture {

  /** The size, the functions and the initialization of the network. */
  record Options(
      @Description("the units of each hidden layer, from sample and code to the score")
          @DefaultValue("[128, 128]")
          List<@Positive Integer> hidden,
      @Description("the activation of each hidden layer") @DefaultValue("relu")
          Activation activation,
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
          @Positive double std) {}

  private final Options options;

  @Inject
  JointMlpDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    SequentialBlock trunk = new SequentialBlock();
    trunk.add(new BranchConcat(new Flatten(), new Flatten()));
    new HiddenLayers(options.hidden, options.activation, options.batchNorm, 1, options.dropout)
        .addTo(trunk, site);
    Block network = new HeadedNetwork(trunk, Linear.builder().setUnits(1).build());
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
