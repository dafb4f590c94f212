package org.gantry.plugin.dcgan;

import static org.gantry.component.ComponentKind.GENERATOR;

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
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.Reshape;

/**
 * The DCGAN generator. One linear layer maps the latent code to a small feature map with many
 * channels. Transposed convolutions of stride 2 double it until it is the image, in (-1, 1).
 *
 * <p>With a kernel of 5 and batch normalisation, the first feature map is normalised per value, as
 * in the authors' code. Otherwise it is normalised per channel.
 */
@Component(
    kind = GENERATOR,
    name = "dcgan",
    summary = "DCGAN generator: transposed convolutions from a latent code to an image",
    paper = "arXiv:1511.06434, section 3",
    takes = {"latent", "condition?"},
    gives = "image")
final class DcganGenerator implements Architecture {

  /** The size and the normalisation of the network. */
  record Options(
      @Description("channels of the last hidden layer; each earlier layer doubles them")
          @DefaultValue("64")
          @Positive int width,
      @Description("the side of the convolution kernels: 4, or 5 as in the paper")
          @DefaultValue("4")
          @Min(4) @Max(5) int kernel,
      @Description("the normalisation of hidden layers") @DefaultValue("batch")
          Normalization normalization) {}

  private final Options options;

  @Inject
  DcganGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.of(site, site.output("image"));
    DcganLayers guidelines = new DcganLayers(options.kernel, options.normalization);
    int channels = options.width << (pyramid.doublings() - 1);
    SequentialBlock network = new SequentialBlock();
    ConditionPlace.codeInput(site).ifPresent(network::add);
    addProjection(network, pyramid.startMap(channels), guidelines);
    network.add(Activation.RELU.layer());
    for (int level = 1; level < pyramid.doublings(); level++) {
      network.add(guidelines.upsample(channels >> level));
      pyramid.addCrop(network, level);
      network.add(options.normalization.layer()).add(Activation.RELU.layer());
    }
    network.add(guidelines.upsample(pyramid.channels()));
    pyramid.addCrop(network, pyramid.doublings());
    network.add(Activation.TANH.layer());
    return DcganLayers.initialize(network);
  }

  private void addProjection(SequentialBlock network, Shape map, DcganLayers guidelines) {
    network.add(Linear.builder().setUnits(map.size()).optBias(guidelines.needsBias()).build());
    if (options.kernel == 5 && options.normalization == Normalization.BATCH) {
      network.add(options.normalization.layer()).add(new Reshape(map));
    } else {
      network.add(new Reshape(map)).add(options.normalization.layer());
    }
  }
}
