package org.gantry.plugin.dcgan;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;

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
import org.gantry.layers.Activation;
import org.gantry.layers.BranchConcat;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;

/**
 * A DCGAN discriminator of images and latent codes together. Strided convolutions process the
 * image, and a fully connected layer processes the code. A second layer over both gives the
 * features, and one unit gives the score, of shape (batch, 1).
 */
@Component(
    kind = DISCRIMINATOR,
    name = "joint-dcgan",
    summary = "DCGAN discriminator of an image and a latent code together",
    paper = "arXiv:1511.06434, section 3; arXiv:1606.00704, section 2",
    takes = {"image", "latent"},
    gives = {"score", "features"})
final class JointDcganDiscriminator implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of the first hidden layer; each further layer doubles them")
          @DefaultValue("64")
          @Positive int width,
      @Description("units of the layer over the code, and of the layer over image and code")
          @DefaultValue("256")
          @Positive int units,
      @Description("the side of the convolution kernels: 4, or 5 as in the paper")
          @DefaultValue("4")
          @Min(4) @Max(5) int kernel,
      @Description("the normalisation of hidden layers; use none or layer with a gradient penalty")
          @DefaultValue("batch")
          Normalization normalization) {}

  private final Options options;

  @Inject
  JointDcganDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.input("image"));
    DcganLayers guidelines = new DcganLayers(options.kernel, options.normalization);
    Block image = guidelines.downsampling(pyramid, options.width).add(new Flatten());
    Block code =
        new SequentialBlock()
            .add(new Flatten())
            .add(Linear.builder().setUnits(options.units).build())
            .add(Activation.LEAKY_RELU.layer());
    Block trunk =
        new SequentialBlock()
            .add(new BranchConcat(image, code))
            .add(Linear.builder().setUnits(options.units).build())
            .add(Activation.LEAKY_RELU.layer());
    return DcganLayers.initialize(new HeadedNetwork(trunk, Linear.builder().setUnits(1).build()));
  }
}
