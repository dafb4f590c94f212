package org.gantry.plugin.autoencoder;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.Autoencoder;
import org.gantry.layers.Flatten;
import org.gantry.layers.Pointwise;
import org.gantry.layers.Reshape;

/**
 * A fully connected autoencoder for samples of any shape. The code of shape (batch, units) has no
 * activation, so codes can point in all directions, as the pulling-away term requires. The
 * reconstruction is unbounded.
 *
 * <p>Weights start uniform with variance 2 / (inputs + outputs), biases at 0.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "autoencoder",
    summary =
        "Fully connected autoencoder for points and small images, as an energy-based"
            + " discriminator",
    paper = "arXiv:1609.03126, section 2.3",
    takes = "image",
    gives = {"residual", "code", "reconstruction"})
final class DenseAutoencoder implements Architecture {

  /** The size and the functions of the network. */
  record Options(
      @Description("the units of each hidden layer between the sample and the code")
          @DefaultValue("[256]")
          List<@Positive Integer> hidden,
      @Description(
              "the units of the code; use fewer than the values of a sample, or it learns the"
                  + " identity")
          @DefaultValue("32")
          @Positive int code,
      @Description("whether a single linear layer decodes the code, without hidden layers")
          @DefaultValue("false")
          boolean linearDecoder,
      @Description("the activation of each hidden layer") @DefaultValue("elu")
          Activation activation,
      @Description("a factor on the samples, to bring widely spread points near 1")
          @DefaultValue("1")
          @Positive double inputScale) {}

  private final Options options;

  @Inject
  DenseAutoencoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape sample = site.input("image");
    if (options.hidden.stream().anyMatch(units -> units < 1)) {
      throw new UnusableComponentException(
          "the %s needs hidden layers of at least 1 unit, not %s"
              .formatted(site.role(), options.hidden));
    }
    SequentialBlock encoder = new SequentialBlock();
    encoder.add(new Flatten());
    if (options.inputScale != 1) {
      double scale = options.inputScale;
      encoder.add(new Pointwise(x -> x.mul(scale), "x * " + scale));
    }
    addHidden(encoder, options.hidden);
    encoder.add(Linear.builder().setUnits(options.code).build());

    SequentialBlock decoder = new SequentialBlock();
    if (!options.linearDecoder) {
      decoder.add(options.activation.layer());
      List<Integer> back = new ArrayList<>(options.hidden);
      Collections.reverse(back);
      addHidden(decoder, back);
    }
    decoder.add(Linear.builder().setUnits(sample.size()).build());
    decoder.add(new Reshape(sample));

    Block network = new Autoencoder(encoder, decoder);
    network.setInitializer(
        new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3), Parameter.Type.WEIGHT);
    return network;
  }

  private void addHidden(SequentialBlock layers, List<Integer> sizes) {
    for (int units : sizes) {
      layers.add(Linear.builder().setUnits(units).build()).add(options.activation.layer());
    }
  }
}
