package org.gantry.plugin.smallvgg;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.Downsample;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.Reshape;

/**
 * Blocks of two convolutions of 3 x 3 pixels with rectifiers. Each block ends in the means of
 * squares of 2 x 2 pixels and has twice the channels of the one before; a linear layer gives the
 * code. It is a small VGG with means in place of maxima. The output {@code features} is what one of
 * the convolutions gives, after its rectifier as in SRGAN or before it as in ESRGAN. The options of
 * the features do not change the weights, so a trained network can be taken with others.
 */
@Component(
    kind = ComponentKind.ENCODER,
    name = "small-vgg",
    summary = "Blocks of small convolutions to a code, with the features of any of its layers",
    paper = "arXiv:1409.1556; arXiv:1609.04802, section 2.2.1",
    takes = "image",
    gives = {"latent", "features"})
final class SmallVggEncoder implements Architecture {

  private static final int CONVOLUTIONS = 2;
  private static final FilterWindow SAME = FilterWindow.same(3);

  record Options(
      @Description("channels of the first block; each further one doubles them")
          @DefaultValue("32")
          @Positive int width,
      @Description("the number of blocks, each of two convolutions")
          @DefaultValue("2")
          @Min(1) @Max(5) int blocks,
      @Description("the convolution that gives the features, from 1; 0 for the last")
          @DefaultValue("0")
          @PositiveOrZero int features,
      @Description("whether the features are those after the activation, as in SRGAN")
          @DefaultValue("true")
          boolean activated) {}

  private final Options options;

  @Inject
  SmallVggEncoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape image = site.requireImage(site.input("image"));
    Shape code = site.output("latent");
    if (Math.min(image.get(1), image.get(2)) >> options.blocks() < 1) {
      throw new UnusableComponentException(
          "the %s halves the sides %d times, so images of %s are too small; set fewer blocks"
              .formatted(site.role(), options.blocks(), image));
    }
    int layers = CONVOLUTIONS * options.blocks();
    int chosen = options.features() == 0 ? layers : options.features();
    if (chosen > layers) {
      throw new UnusableComponentException(
          "the %s has %d convolutions, so 'features' cannot be %d"
              .formatted(site.role(), layers, chosen));
    }
    SequentialBlock trunk = new SequentialBlock();
    SequentialBlock head = new SequentialBlock();
    for (int layer = 1; layer <= layers; layer++) {
      int channels = options.width() << ((layer - 1) / CONVOLUTIONS);
      (layer <= chosen ? trunk : head).add(new Convolution(channels, SAME, true));
      boolean above = layer > chosen || (layer == chosen && !options.activated());
      (above ? head : trunk).add(Activation.RELU.layer());
      if (layer % CONVOLUTIONS == 0) {
        (layer >= chosen ? head : trunk).add(new Downsample(2));
      }
    }
    head.add(new Flatten()).add(Linear.builder().setUnits(code.size()).build());
    if (code.dimension() != 1) {
      head.add(new Reshape(code));
    }
    return new HeadedNetwork(trunk, head);
  }
}
