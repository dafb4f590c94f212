package org.gantry.plugin.stackgan;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;

/**
 * The generator of StackGAN's second stage, which enlarges an image. Two convolutions halve the
 * image twice; the condition joins the map; residual blocks follow; then each doubling repeats
 * pixels. From 64 to 256 pixels it is the network of the authors' code.
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "stackgan-second",
    summary = "The generator of StackGAN's second stage: enlarges an image as its condition says",
    paper = "arXiv:1612.03242, section 3.4",
    takes = {"given", "condition?"},
    gives = "image")
final class SecondStageGenerator implements Architecture {

  /** How many times the image is halved before the condition joins it. */
  private static final int HALVINGS = 2;

  private static final int MOST_DOUBLINGS = 3;

  record Options(
      @Description("channels of the first layer; the paper has 128") @DefaultValue("128") @Positive int width,
      @Description("the number of residual blocks; the paper has 4, and 2 for 128 pixels")
          @DefaultValue("4")
          @PositiveOrZero int blocks) {}

  private final Options options;

  @Inject
  SecondStageGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape given = site.requireImage(site.input("given"));
    Shape image = site.requireImage(site.output("image"));
    int doublings = HALVINGS + enlargement(site, given, image);
    SequentialBlock encoder =
        new SequentialBlock()
            .add(StackganLayers.plain(options.width(), true))
            .add(Activation.RELU.layer());
    int channels = options.width();
    for (int i = 0; i < HALVINGS; i++) {
      channels *= 2;
      StackganLayers.addHalving(encoder, channels);
      encoder.add(Activation.RELU.layer());
    }
    SequentialBlock network = new SequentialBlock();
    network.add(site.isFed(ConditionPlace.PORT) ? new ConditionedMap(encoder) : encoder);
    StackganLayers.addSame(network, channels);
    network.add(Activation.RELU.layer());
    for (int i = 0; i < options.blocks(); i++) {
      StackganLayers.addResidual(network, channels);
    }
    for (int i = 1; i <= doublings; i++) {
      StackganLayers.addDoubling(network, Math.max(1, channels >> i));
      network.add(Activation.RELU.layer());
    }
    network
        .add(StackganLayers.plain(Math.toIntExact(image.get(0)), true))
        .add(Activation.TANH.layer());
    return StackganLayers.initialize(network);
  }

  /** How many times the sides double from the given image to the result. */
  private static int enlargement(NetworkSite site, Shape given, Shape image) {
    boolean halves = given.get(1) % (1 << HALVINGS) == 0 && given.get(2) % (1 << HALVINGS) == 0;
    for (int doublings = 0; halves && doublings <= MOST_DOUBLINGS; doublings++) {
      if (given.get(1) << doublings == image.get(1) && given.get(2) << doublings == image.get(2)) {
        return doublings;
      }
    }
    throw new UnusableComponentException(
        "the %s makes an image 1, 2, 4 or 8 times as large, of one whose sides are multiples of 4, not %s of %s"
            .formatted(site.role(), image, given));
  }
}
