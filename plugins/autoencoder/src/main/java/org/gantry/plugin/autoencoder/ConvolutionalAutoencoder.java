package org.gantry.plugin.autoencoder;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.Autoencoder;
import org.gantry.layers.ConditionJoin;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Normalization;
import org.gantry.layers.TransposedConvolution;

/**
 * A convolutional autoencoder. Strided 4x4 convolutions halve the image several times, and
 * transposed convolutions double it again. The code is the smallest feature map before its
 * activation, of shape (batch, channels, height, width). The reconstruction is unbounded. The
 * layers next to the image have no normalisation.
 *
 * <p>With three halvings and a width of 64 this is the paper's discriminator for 64x64 images: 64,
 * 128 and 256 channels, and back. Weights start from N(0, 0.02), biases at 0. The paper's
 * discriminators start from N(0, 0.002), so their first reconstructions are almost zero.
 *
 * <p>If the topology feeds a condition, such as the image of a pair that was given, its channels
 * join those of the image, and the network reconstructs both.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "convolutional-autoencoder",
    summary = "Convolutional autoencoder for images, as an energy-based discriminator",
    paper = "arXiv:1609.03126, appendix C",
    takes = {"image", "condition?"},
    gives = {"residual", "code", "reconstruction"})
final class ConvolutionalAutoencoder implements Architecture {

  private static final FilterWindow WINDOW = new FilterWindow(4, 2, 1);

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of the first hidden layer; each further layer doubles them")
          @DefaultValue("64")
          @Positive int width,
      @Description("how many times the encoder halves the image") @DefaultValue("3") @Min(1) @Max(6) int halvings,
      @Description("the normalisation of hidden layers") @DefaultValue("batch")
          Normalization normalization,
      @Description("the standard deviation of the initial weights; 0.002 in the paper")
          @DefaultValue("0.02")
          @Positive double deviation) {}

  private final Options options;

  @Inject
  ConvolutionalAutoencoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape image = site.requireImage(site.input("image"));
    int unit = 1 << options.halvings;
    if (image.get(1) % unit != 0 || image.get(2) % unit != 0) {
      throw new UnusableComponentException(
          "the %s halves images %d times and needs sides that are multiples of %d, not %d x %d"
              .formatted(site.role(), options.halvings, unit, image.get(1), image.get(2)));
    }
    SequentialBlock encoder = new SequentialBlock();
    for (int i = 0; i < options.halvings; i++) {
      boolean normalised = i > 0;
      if (i > 0) {
        encoder.add(Activation.LEAKY_RELU.layer());
      }
      encoder.add(new Convolution(options.width << i, WINDOW, needsBias(normalised)));
      if (normalised) {
        encoder.add(options.normalization.layer());
      }
    }
    SequentialBlock decoder = new SequentialBlock();
    for (int i = options.halvings - 2; i >= 0; i--) {
      decoder
          .add(Activation.LEAKY_RELU.layer())
          .add(new TransposedConvolution(options.width << i, WINDOW, 0, needsBias(true)))
          .add(options.normalization.layer());
    }
    decoder
        .add(Activation.LEAKY_RELU.layer())
        .add(new TransposedConvolution(Math.toIntExact(channels(site)), WINDOW, 0, true));
    Block network = new Autoencoder(encoder, decoder);
    if (site.isFed(ConditionPlace.PORT)) {
      network = new SequentialBlock().add(new ConditionJoin()).add(network);
    }
    network.setInitializer(new NormalInitializer((float) options.deviation), Parameter.Type.WEIGHT);
    return network;
  }

  /** The channels of the image and of its condition. */
  private static long channels(NetworkSite site) {
    long image = site.input("image").get(0);
    if (!site.isFed(ConditionPlace.PORT)) {
      return image;
    }
    Shape condition = site.input(ConditionPlace.PORT);
    return image + (condition.dimension() == 3 ? condition.get(0) : condition.size());
  }

  /** A normalisation removes the bias of the layer before it. */
  private boolean needsBias(boolean normalised) {
    return !normalised || options.normalization == Normalization.NONE;
  }
}
