package org.gantry.plugin.mlp;

import static org.gantry.component.ComponentKind.GENERATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;

/**
 * A fully connected network from a sample of one kind to a sample of another, such as from points
 * to points. Hidden layers, then a linear layer to the values of the sample.
 */
@Component(
    kind = GENERATOR,
    name = "mlp-translator",
    summary = "MLP that translates points and small images",
    takes = "given",
    gives = "image")
final class MlpTranslator implements Architecture {

  record Options(
      @Description("the units of each hidden layer, from the given sample to the result")
          @DefaultValue("[64, 64]")
          List<@Positive Integer> hidden,
      @Description("the activation of each hidden layer") @DefaultValue("leaky-relu")
          Activation activation,
      @Description("whether hidden layers have batch normalisation before their activation")
          @DefaultValue("false")
          boolean batchNorm,
      @Description(
              "the activation of the output: auto, none, tanh or sigmoid; auto is tanh for"
                  + " images, and none for all other samples")
          @DefaultValue("auto")
          OutputLayer output,
      @Description("the initialization of weights: xavier, he, normal or orthogonal")
          @DefaultValue("he")
          WeightInitialization init,
      @Description("scales weights that xavier, he or orthogonal initialised")
          @DefaultValue("1")
          @Positive double gain,
      @Description("the standard deviation of weights that start by normal")
          @DefaultValue("0.02")
          @Positive double std) {}

  private final Options options;

  @Inject
  MlpTranslator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape sample = site.output("image");
    SequentialBlock network = new SequentialBlock();
    network.add(new Flatten());
    new HiddenLayers(options.hidden, options.activation, options.batchNorm, 1, 0)
        .addTo(network, site);
    options.output.addTo(network, sample);
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
