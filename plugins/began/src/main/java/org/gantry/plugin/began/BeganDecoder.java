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
 * From a latent code by one matrix to a small map, which nearest-neighbour upsampling doubles until
 * it has the size of the image, with two convolutions of 3 x 3 and ELU at every size. No
 * normalisation, no transposed convolution, no bound on the image. It is the discriminator's
 * decoder with weights of its own.
 */
@Component(
    kind = GENERATOR,
    name = "began-decoder",
    summary = "Nearest-neighbour upsampling and small filters, from a small map to the image",
    paper = "arXiv:1703.10717, figure 1",
    takes = "latent",
    gives = "image")
final class BeganDecoder implements Architecture {

  /** The network's size. */
  record Options(
      @Description("channels of all hidden maps") @DefaultValue("64") @Positive int width,
      @Description("whether the first map is laid beside every larger one, which helps gradients")
          @DefaultValue("true")
          boolean skips,
      @Description(
              "over how many updates layers that keep their shape turn from the identity to"
                  + " themselves; 0 for none, 16,000 in the paper")
          @DefaultValue("0")
          @PositiveOrZero
          int vanishingResiduals) {}

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
