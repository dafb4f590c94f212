package org.gantry.plugin.mlp;

import static org.gantry.component.ComponentKind.GENERATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
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
import org.gantry.layers.ConditionPlace;

/** A multilayer perceptron from a latent code to a sample of any shape. */
@Component(
    kind = GENERATOR,
    name = "mlp",
    summary = "MLP generator, for points and small images",
    takes = {"latent", "condition?"},
    gives = "image")
final class MlpGenerator implements Architecture {

  /** The size, the functions and the initialization of the network. */
  record Options(
      @Description("the units of each hidden layer, from the code to the sample")
          @DefaultValue("[128, 128]")
          List<@Positive Integer> hidden,
      @Description("the activation of each hidden layer") @DefaultValue("relu")
          Activation activation,
      @Description(
              "the activation of the last layer: none, tanh, sigmoid or auto, which is tanh"
                  + " for images and none for points")
          @DefaultValue("auto")
          OutputLayer output,
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
  MlpGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape sample = site.output("image");
    SequentialBlock network = new SequentialBlock();
    ConditionPlace.codeInput(site).ifPresent(network::add);
    new HiddenLayers(options.hidden, options.activation, options.batchNorm, 1, options.dropout)
        .addTo(network, site);
    options.output.addTo(network, sample);
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
