package org.gantry.plugin.stackgan;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.function.Supplier;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionJoin;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;

/**
 * The discriminator of both stages of StackGAN. Strided convolutions halve the image down to a map
 * of 3 to 5 pixels, each with twice the channels of the one before; further convolutions bring more
 * than eight times the first channels down to that. After a residual block the condition joins the
 * features through a layer of its own, and the score is a linear function of what a layer over both
 * makes of them. In the authors' code the third convolution lacks its activation; here it has one.
 */
@Component(
    kind = ComponentKind.DISCRIMINATOR,
    name = "stackgan",
    summary = "The discriminator of StackGAN's stages, which compares an image with its condition",
    paper = "arXiv:1612.03242, sections 3.3 and 3.4",
    takes = {"image", "condition?"},
    gives = {"score", "features"})
final class StackganDiscriminator implements Architecture {

  /** The features have at most this many times the channels of the first layer. */
  private static final int WIDEST = 8;

  record Options(
      @Description("channels of the first layer; each further doubles them; the paper has 64")
          @DefaultValue("64")
          @Positive int width) {}

  private final Options options;

  @Inject
  StackganDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    int halvings = ImagePyramid.of(site, site.input("image")).doublings();
    int channels = options.width();
    SequentialBlock trunk = new SequentialBlock().add(StackganLayers.firstHalving(channels));
    for (int i = 1; i < halvings; i++) {
      channels *= 2;
      trunk.add(Activation.LEAKY_RELU.layer());
      StackganLayers.addHalving(trunk, channels);
    }
    while (channels > WIDEST * options.width()) {
      channels /= 2;
      trunk.add(Activation.LEAKY_RELU.layer());
      StackganLayers.addPixel(trunk, channels);
    }
    StackganLayers.addNarrowResidual(trunk, channels, Activation.LEAKY_RELU);
    Block head = new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(1).build());
    return StackganLayers.initialize(
        ConditionPlace.HIDDEN.discriminator(
            site, new ConditionJoin(), trunk, mixing(channels), head, channels));
  }

  private static Supplier<Block> mixing(int channels) {
    return () -> {
      SequentialBlock mixing = new SequentialBlock();
      StackganLayers.addPixel(mixing, channels);
      return mixing.add(Activation.LEAKY_RELU.layer());
    };
  }
}
