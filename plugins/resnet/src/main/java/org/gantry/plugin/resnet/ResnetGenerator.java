package org.gantry.plugin.resnet;

import static org.gantry.component.ComponentKind.GENERATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.Reshape;

/**
 * A ResNet generator. One linear layer gives a small feature map, and residual blocks of upsampling
 * and 3x3 convolutions double it until it has the size of the image. Values are in (-1, 1).
 */
@Component(
    kind = GENERATOR,
    name = "resnet",
    summary = "ResNet generator of WGAN-GP",
    paper = "arXiv:1704.00028",
    takes = {"latent", "condition?"},
    gives = "image")
final class ResnetGenerator implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of all hidden layers") @DefaultValue("32") @Positive int width,
      @Description("the normalisation of hidden layers") @DefaultValue("batch")
          Normalization normalization) {}

  private final Options options;

  @Inject
  ResnetGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.output("image"));
    ResidualBlocks blocks = new ResidualBlocks(options.width, options.normalization);
    Shape map = pyramid.startMap(options.width);
    SequentialBlock network = new SequentialBlock();
    ConditionPlace.codeInput(site).ifPresent(network::add);
    network.add(ResidualBlocks.projection(map.size())).add(new Reshape(map));
    for (int level = 1; level <= pyramid.doublings(); level++) {
      network.add(blocks.upsample());
      pyramid.addCrop(network, level);
    }
    return network
        .add(blocks.normalizedRelu())
        .add(ResidualBlocks.outputLayer(pyramid.channels()))
        .add(Activation.TANH.layer());
  }
}
