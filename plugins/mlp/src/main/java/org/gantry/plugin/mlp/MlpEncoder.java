package org.gantry.plugin.mlp;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.ndarray.types.Shape;
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
import org.gantry.architecture.NetworkPorts;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.Reshape;

/**
 * A multilayer perceptron from a sample of any shape to a latent code. The code is unbounded,
 * unless {@code output} bounds it. The features are the last hidden layer.
 */
@Component(
    kind = ENCODER,
    name = "mlp",
    summary = "MLP encoder, for points and small images",
    takes = "image",
    gives = {"latent", "features"})
final class MlpEncoder implements Architecture {

  /** The size, the functions and the initialization of the network. */
  record Options(
      @Description("the units of each hidden layer, from the sample to the code")
          @DefaultValue("[128, 128]")
          List<@Positive Integer> hidden,
      @Description("the activation of each hidden layer") @DefaultValue("relu")
          Activation activation,
      @Description("the activation of the code; relu for a code that is not negative")
          @DefaultValue("none")
          Activation output,
      @Description("whether the encoder also gives features, for topologies that compare them")
          @DefaultValue("false")
          boolean features,
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
  MlpEncoder(Options options) {
    this.options = options;
  }

  @Override
  public NetworkPorts ports(NetworkPorts declared) {
    return options.features
        ? declared
        : new NetworkPorts(declared.takes(), declared.accepts(), List.of("latent"));
  }

  @Override
  public Block build(NetworkSite site) {
    Shape code = site.output("latent");
    SequentialBlock hidden = new SequentialBlock();
    hidden.add(new Flatten());
    new HiddenLayers(options.hidden, options.activation, options.batchNorm, 1, options.dropout)
        .addTo(hidden, site);
    SequentialBlock head = options.features ? new SequentialBlock() : hidden;
    head.add(Linear.builder().setUnits(code.size()).build());
    if (code.dimension() != 1) {
      head.add(new Reshape(code));
    }
    if (options.output != Activation.NONE) {
      head.add(options.output.layer());
    }
    Block network = options.features ? new HeadedNetwork(hidden, head) : hidden;
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
