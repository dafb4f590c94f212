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
import org.gantry.layers.ConditionJoin;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Flatten;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;

/**
 * The DCGAN discriminator. Strided convolutions halve the image down to a small feature map, and
 * one linear unit gives the score, of shape (batch, 1). The features are the feature map.
 */
@Component(
    kind = DISCRIMINATOR,
    name = "dcgan",
    summary = "DCGAN discriminator: strided convolutions to a score",
    paper = "arXiv:1511.06434, section 3",
    takes = {"image", "condition?"},
    gives = {"score", "features"})
final class DcganDiscriminator implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of the first hidden layer; each further layer doubles them")
          @DefaultValue("64")
          @Positive int width,
      @Description("the side of the convolution kernels: 4, or 5 as in the paper")
          @DefaultValue("4")
          @Min(4) @Max(5) int kernel,
      @Description("the normalisation of hidden layers; use none or layer with a gradient penalty")
          @DefaultValue("batch")
          Normalization normalization,
      @Description("where a condition enters, if there is one: input, hidden or projection")
          @DefaultValue("projection")
          ConditionPlace condition) {}

  private final Options options;

  @Inject
  DcganDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.input("image"));
    DcganLayers guidelines = new DcganLayers(options.kernel, options.normalization);
    Block head =
        new SequentialBlock()
            .add(new Flatten())
            .add(Linear.builder().setUnits(1).optBias(guidelines.needsBias()).build());
    int channels = options.width << (pyramid.doublings() - 1);
    return DcganLayers.initialize(
        options.condition.discriminator(
            site,
            new ConditionJoin(),
            guidelines.downsampling(pyramid, options.width),
            () -> guidelines.mix(channels),
            head,
            channels));
  }
}
