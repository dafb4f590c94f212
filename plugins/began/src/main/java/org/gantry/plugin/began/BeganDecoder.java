package org.gantry.plugin.began;

import static org.gantry.component.ComponentKind.GENERATOR;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;

/**
 * The BEGAN generator. One linear layer gives a small feature map, which nearest-neighbour
 * upsampling doubles until it has the size of the image. Each size has two 3x3 convolutions with
 * ELU. The network has no normalisation and no transposed convolution, and the image is unbounded.
 * It is the discriminator's decoder with its own weights.
 */
@Component(
    kind = GENERATOR,
    name = "began-decoder",
    summary = "Generator of BEGAN: nearest-neighbour upsampling and 3x3 convolutions",
    paper = "arXiv:1703.10717, figure 1",
    takes = "latent",
    gives = "image")
final class BeganDecoder implements Architecture {

  /** The size of the network. */
  record Options(
      @Description("channels of all hidden layers") @DefaultValue("64") @Positive int width,
      @Description(
              "whether the first feature map is concatenated to every larger one, which helps"
                  + " gradients")
          @DefaultValue("true")
          boolean skips,
      @Description(
              "over how many updates the shape-preserving layers change from the identity to"
                  + " plain layers; 0 for plain layers from the start, 16,000 in the paper")
          @DefaultValue("0")
          @PositiveOrZero int vanishingResiduals) {}

  private final Options options;

  @Inject
  BeganDecoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = BeganNetworks.pyramid(site, site.output("image"));
    SequentialBlock network = new SequentialBlock();
    if (site.input("latent").dimension() != 1) {
      network.add(new Flatten());
    }
    FilterLayers filters = new FilterLayers(site, options.vanishingResiduals);
    return BeganNetworks.initialize(
        network.add(new Decoder(pyramid, options.width, options.skips, filters)));
  }
}
