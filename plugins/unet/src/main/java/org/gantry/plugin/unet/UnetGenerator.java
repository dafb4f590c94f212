package org.gantry.plugin.unet;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Convolution;
import org.gantry.layers.Dropout;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.TransposedConvolution;

/**
 * A U-Net from one image to another of the same size. Strided convolutions halve the image down to
 * a small map, transposed convolutions double it again, and each size passes its features across.
 * Dropout is the only noise, so it stays on in inference. A condition, such as a label in numbers,
 * joins the smallest map as planes of constant values. That map without the condition is the output
 * {@code features}.
 *
 * <p>Without skips it is the encoder and decoder of GP-GAN (arXiv:1703.07195): the bottleneck
 * {@code fully-connected} connects all positions of the smallest map through a code, and {@code
 * channel-wise} those of each channel, as in the context encoders (arXiv:1604.07379, section 3.1).
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "unet",
    summary = "U-Net generator: translates an image to another of the same size",
    paper = "arXiv:1611.07004, section 3.2.1 and appendix",
    takes = {"given", "condition?"},
    gives = {"image", "features"})
final class UnetGenerator implements Architecture {

  private static final FilterWindow HALVING = new FilterWindow(4, 2, 1);
  private static final int WIDEST = 8;

  record Options(
      @Description("channels of the outermost layer; each inner one doubles them, up to eightfold")
          @DefaultValue("32")
          @Positive int width,
      @Description("the normalisation of hidden layers") @DefaultValue("instance")
          Normalization normalization,
      @Description("the dropout probability of the innermost layers; 0 gives one image an input")
          @DefaultValue("0.5")
          @DecimalMin("0") @DecimalMax("0.95") double dropout,
      @Description("whether each layer also sees the layer of its size; false for comparisons")
          @DefaultValue("true")
          boolean skips,
      @Description(
              "what connects the positions of the smallest map: convolution for nothing else, "
                  + "fully-connected or channel-wise; the last two need images of one size")
          @DefaultValue("convolution")
          BottleneckLayers bottleneck,
      @Description("the length of the code of a fully connected bottleneck; 4000 in GP-GAN")
          @DefaultValue("256")
          @Positive int code) {}

  private final Options options;

  @Inject
  UnetGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape given = site.input("given");
    ImagePyramid pyramid = ImagePyramid.of(site, site.output("image"));
    if (!given.slice(1).equals(site.output("image").slice(1))) {
      throw new UnusableComponentException(
          "the %s translates an image to one of the same size, not %s to %s"
              .formatted(site.role(), given, site.output("image")));
    }
    int levels = pyramid.doublings();
    int channels = options.width * Math.min(WIDEST, 1 << (levels - 1));
    Block bottleneck =
        new UnetBottleneck(
            site.isFed(ConditionPlace.PORT),
            options.bottleneck.layers(
                pyramid.startMap(channels), options.code, options.normalization));
    Block inner = levels == 1 ? bottleneck : level(site, levels - 1, bottleneck);
    for (int depth = levels - 2; depth > 0; depth--) {
      inner = level(site, depth, inner);
    }
    Block network =
        new UnetLevel(
            new Convolution(options.width, HALVING, true),
            inner,
            new SequentialBlock()
                .add(Activation.RELU.layer())
                .add(new TransposedConvolution(pyramid.channels(), HALVING, 0, true))
                .add(Activation.TANH.layer()),
            false);
    network.setInitializer(new NormalInitializer(0.02f), Parameter.Type.WEIGHT);
    return network;
  }

  /** One size of the image, from 1 for the second largest. */
  private Block level(NetworkSite site, int depth, Block inner) {
    int channels = options.width * Math.min(WIDEST, 1 << depth);
    SequentialBlock down =
        new SequentialBlock()
            .add(Activation.LEAKY_RELU.layer())
            .add(new Convolution(channels, HALVING, true));
    if (inner instanceof UnetLevel || options.bottleneck != BottleneckLayers.CONVOLUTION) {
      down.add(options.normalization.layer());
    }
    SequentialBlock up =
        new SequentialBlock()
            .add(Activation.RELU.layer())
            .add(new TransposedConvolution(channels / 2, HALVING, 0, true))
            .add(options.normalization.layer());
    if (options.dropout > 0 && depth > 1) {
      up.add(Dropout.asNoise(options.dropout, site.randomStream("dropout-" + depth)));
    }
    return new UnetLevel(down, inner, up, options.skips);
  }
}
