package org.gantry.plugin.mlp;

import static org.gantry.component.Kind.GENERATOR;

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
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;

/** Fully connected layers from a latent code to a sample of any shape. */
@Component(
    kind = GENERATOR,
    name = "mlp",
    summary = "Fully connected layers, for points and small images",
    takes = "latent",
    gives = "image")
final class MlpGenerator implements Architecture {

  /** What the samples go through last. */
  enum OutputActivation {
    /** {@link #TANH} for images, {@link #NONE} for everything else. */
    AUTO,
    NONE,
    TANH,
    SIGMOID;

    Activation activation(Shape sample) {
      return switch (this) {
        case AUTO -> sample.dimension() == 3 ? Activation.TANH : Activation.NONE;
        case NONE -> Activation.NONE;
        case TANH -> Activation.TANH;
        case SIGMOID -> Activation.SIGMOID;
      };
    }
  }

  /** The network's size, its functions and where its weights start. */
  record Options(
      @Doc("the units of each hidden layer, from the code to the sample") @Default("[128, 128]")
          List<@Positive Integer> hidden,
      @Doc("what follows each hidden layer") @Default("relu") Activation activation,
      @Doc("what the sample goes through last; auto is tanh for images and none for points")
          @Default("auto")
          OutputActivation output,
      @Doc("whether hidden layers are batch-normalised before their activation") @Default("false")
          boolean batchNorm,
      @Doc("the probability that a hidden unit is dropped in training")
          @Default("0")
          @DecimalMin("0")
          @DecimalMax("0.95")
          double dropout,
      @Doc("how weights start") @Default("xavier") WeightInitialization init,
      @Doc("scales weights that start by xavier, he or orthogonal") @Default("1") @Positive
          double gain,
      @Doc("the standard deviation of weights that start normal") @Default("0.02") @Positive
          double std) {}

  private final Options options;

  @Inject
  MlpGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape sample = site.output("image");
    SequentialBlock network = new SequentialBlock();
    if (site.input("latent").dimension() != 1) {
      network.add(new Flatten());
    }
    new HiddenLayers(options.hidden, options.activation, options.batchNorm, 1, options.dropout)
        .addTo(network, site);
    network.add(Linear.builder().setUnits(sample.size()).build());
    if (sample.dimension() != 1) {
      network.add(new Reshape(sample));
    }
    network.add(options.output.activation(sample).layer());
    network.setInitializer(
        options.init.initializer(options.gain, options.std), Parameter.Type.WEIGHT);
    return network;
  }
}
