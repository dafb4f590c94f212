package org.gantry.plugin.began;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.Autoencoder;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;

/**
 * The BEGAN discriminator. The encoder has two 3x3 convolutions with ELU at every size. A stride of
 * 2 halves the feature map, and each halving adds {@code width} channels. One linear layer without
 * an activation gives the code, of shape (batch, units). The decoder is that of {@link
 * BeganDecoder}. The network has no normalisation, because the reconstruction of a sample must not
 * depend on other samples.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "began-autoencoder",
    summary =
        "Autoencoder of BEGAN: 3x3 convolutions to a code, and nearest-neighbour"
            + " upsampling back",
    paper = "arXiv:1703.10717, figure 1",
    takes = "image",
    gives = {"residual", "code", "reconstruction"})
final class BeganAutoencoder implements Architecture {

  /** The size of the network. */
  record Options(
      @Description("channels of the largest hidden layers") @DefaultValue("64") @Positive int width,
      @Description("the units of the code") @DefaultValue("64") @Positive int code,
      @Description(
              "whether the decoder's first feature map is concatenated to every larger one,"
                  + " which helps gradients")
          @DefaultValue("true")
          boolean skips,
      @Description(
              "over how many updates the shape-preserving layers change from the identity to"
                  + " plain layers; 0 for plain layers from the start, 16,000 in the paper")
          @DefaultValue("0")
          @PositiveOrZero int vanishingResiduals) {}

  private final Options options;

  @Inject
  BeganAutoencoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = BeganNetworks.pyramid(site, site.input("image"));
    int width = options.width;
    FilterLayers filters = new FilterLayers(site, options.vanishingResiduals);
    SequentialBlock encoder = new SequentialBlock();
    filters.addLayer(encoder, pyramid.channels(), width);
    for (int scale = 1; scale <= pyramid.doublings(); scale++) {
      filters.addLayer(encoder, scale * width, scale * width);
      filters.addLayer(encoder, scale * width, scale * width);
      encoder
          .add(new Convolution((scale + 1) * width, new FilterWindow(3, 2, 1), true))
          .add(Activation.ELU.layer());
    }
    int most = (pyramid.doublings() + 1) * width;
    filters.addLayer(encoder, most, most);
    filters.addLayer(encoder, most, most);
    encoder.add(new Flatten()).add(Linear.builder().setUnits(options.code).build());
    return BeganNetworks.initialize(
        new Autoencoder(encoder, new Decoder(pyramid, width, options.skips, filters)));
  }
}
