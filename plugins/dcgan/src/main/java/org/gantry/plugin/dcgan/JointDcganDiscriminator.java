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
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Joined;
import org.gantry.layers.Normalization;

/**
 * The discriminator's strided convolutions over an image beside a fully connected layer over a
 * latent code; a second one over both together gives the features, and one unit scores them, of
 * shape (batch, 1).
 */
@Component(
    kind = DISCRIMINATOR,
    name = "joint-dcgan",
    summary = "Strided convolutions that judge an image and a latent code together",
    paper = "arXiv:1511.06434, section 3; arXiv:1606.00704, section 2",
    takes = {"image", "latent"},
    gives = {"score", "features"})
final class JointDcganDiscriminator implements Architecture {

  /** The network's size and its normalisation. */
  record Options(
      @Description("channels of the first hidden map; each map after it has twice as many")
          @DefaultValue("64")
          @Positive
          int width,
      @Description("units of the layer over the code, and of the one over image and code together")
          @DefaultValue("256")
          @Positive
          int units,
      @Description("the side of the filters: 4, or 5 as in the paper")
          @DefaultValue("4")
          @Min(4)
          @Max(5)
          int kernel,
      @Description("what keeps hidden maps in range; not batch under a gradient penalty")
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
            .add(new Joined(image, code))
            .add(Linear.builder().setUnits(options.units).build())
            .add(Activation.LEAKY_RELU.layer());
    return DcganLayers.initialize(new HeadedNetwork(trunk, Linear.builder().setUnits(1).build()));
  }
}
