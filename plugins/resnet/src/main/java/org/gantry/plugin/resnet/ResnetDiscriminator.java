package org.gantry.plugin.resnet;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.ConditionJoin;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;

/**
 * A ResNet discriminator. Residual blocks of 3x3 convolutions and average pooling halve the image
 * down to a small feature map, and one linear unit gives the score, of shape (batch, 1). The
 * features are the feature map.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "resnet",
    summary = "ResNet discriminator of WGAN-GP",
    paper = "arXiv:1704.00028",
    takes = {"image", "condition?"},
    gives = {"score", "features"})
final class ResnetDiscriminator implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of all hidden layers") @DefaultValue("32") @Positive int width,
      @Description("the normalisation of hidden layers; use none or layer with a gradient penalty")
          @DefaultValue("none")
          Normalization normalization,
      @Description("where a condition enters, if there is one: input, hidden or projection")
          @DefaultValue("projection")
          ConditionPlace condition) {}

  private final Options options;

  @Inject
  ResnetDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.input("image"));
    ResidualBlocks blocks = new ResidualBlocks(options.width, options.normalization);
    SequentialBlock trunk = new SequentialBlock().add(blocks.inputBlock());
    for (int i = 1; i < pyramid.doublings(); i++) {
      trunk.add(blocks.downsample());
    }
    trunk.add(blocks.normalizedRelu());
    Block head = new SequentialBlock().add(new Flatten()).add(ResidualBlocks.projection(1));
    return options.condition.discriminator(
        site, new ConditionJoin(), trunk, blocks::mix, head, options.width);
  }
}
