package org.gantry.plugin.dcgan;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.Reshape;

/**
 * The convolutions of the DCGAN discriminator with a linear layer that gives a latent code instead
 * of a score. The code is unbounded.
 */
@Component(
    kind = ENCODER,
    name = "dcgan",
    summary = "DCGAN encoder: strided convolutions to a latent code",
    paper = "arXiv:1511.06434, section 3",
    takes = "image",
    gives = "latent")
final class DcganEncoder implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of the first hidden layer; each further layer doubles them")
          @DefaultValue("64")
          @Positive int width,
      @Description("the side of the convolution kernels: 4, or 5 as in the paper")
          @DefaultValue("4")
          @Min(4) @Max(5) int kernel,
      @Description("the normalisation of hidden layers") @DefaultValue("batch")
          Normalization normalization) {}

  private final Options options;

  @Inject
  DcganEncoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.input("image"));
    Shape code = site.output("latent");
    SequentialBlock network =
        new DcganLayers(options.kernel, options.normalization)
            .downsampling(pyramid, options.width)
            .add(new Flatten())
            .add(Linear.builder().setUnits(code.size()).build());
    if (code.dimension() != 1) {
      network.add(new Reshape(code));
    }
    return DcganLayers.initialize(network);
  }
}
