package org.gantry.plugin.stackgan;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.Reshape;
import org.gantry.layers.Upsample;

/**
 * The generator of StackGAN's first stage. A linear layer makes a small map of code and condition;
 * each doubling repeats pixels, and a convolution follows. Narrow residual blocks work on the small
 * map and on the next one. For images of 64 pixels it is the network of the authors' code.
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "stackgan-first",
    summary = "The generator of StackGAN's first stage: from a code and a condition to an image",
    paper = "arXiv:1612.03242, section 3.3",
    takes = {"latent", "condition?"},
    gives = "image")
final class FirstStageGenerator implements Architecture {

  record Options(
      @Description(
              "channels of the last hidden layer; each earlier doubles them; the paper has 128")
          @DefaultValue("128")
          @Positive int width) {}

  private final Options options;

  @Inject
  FirstStageGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    ImagePyramid pyramid = ImagePyramid.ofSquare(site, site.output("image"));
    int channels = options.width() << (pyramid.doublings() - 1);
    Shape map = pyramid.startMap(channels);
    SequentialBlock network = new SequentialBlock();
    ConditionPlace.codeInput(site).ifPresent(network::add);
    network
        .add(Linear.builder().setUnits(map.size()).build())
        .add(Normalization.BATCH.layer())
        .add(new Reshape(map));
    StackganLayers.addNarrowResidual(network, channels, Activation.RELU);
    for (int level = 1; level < pyramid.doublings(); level++) {
      int filters = channels >> level;
      StackganLayers.addDoubling(network, filters);
      if (level == 1) {
        StackganLayers.addNarrowResidual(network, filters, Activation.RELU);
      } else {
        network.add(Activation.RELU.layer());
      }
    }
    network
        .add(new Upsample(2))
        .add(StackganLayers.plain(pyramid.channels(), true))
        .add(Activation.TANH.layer());
    return StackganLayers.initialize(network);
  }
}
