package org.gantry.plugin.resnettranslator;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Normalization;
import org.gantry.layers.ReflectionPadding;
import org.gantry.layers.Residual;
import org.gantry.layers.TransposedConvolution;

/**
 * The generator of CycleGAN. Two convolutions halve the image, residual blocks change it at a
 * quarter of its size, and two transposed convolutions double it again. Unlike the paper's, its
 * instance normalisation has a learned scale and shift.
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "resnet-translator",
    summary = "Residual generator: translates an image to another of the same size",
    paper = "arXiv:1703.10593, section 4 and appendix",
    takes = "given",
    gives = "image")
final class ResnetTranslator implements Architecture {

  private static final FilterWindow HALVING = new FilterWindow(3, 2, 1);
  private static final int OUTER_KERNEL = 7;
  private static final int INNER_KERNEL = 3;

  /** The image is halved and doubled twice. */
  private static final int MULTIPLE = 4;

  record Options(
      @Description("channels of the outermost layers; the residual blocks have four times as many")
          @DefaultValue("32")
          @Positive int width,
      @Description("the number of residual blocks; the paper has 6 for 128 pixels, 9 for more")
          @DefaultValue("6")
          @Positive int blocks,
      @Description("the normalisation of hidden layers") @DefaultValue("instance")
          Normalization normalization) {}

  private final Options options;

  @Inject
  ResnetTranslator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape given = site.input("given");
    Shape image = site.output("image");
    site.requireImage(image);
    requireSize(site, given, image);
    SequentialBlock network = new SequentialBlock();
    addPadded(network, OUTER_KERNEL, options.width);
    network.add(Activation.RELU.layer());
    addHalving(network, 2 * options.width);
    addHalving(network, 4 * options.width);
    for (int i = 0; i < options.blocks; i++) {
      network.add(residual(4 * options.width));
    }
    addDoubling(network, 2 * options.width);
    addDoubling(network, options.width);
    network
        .add(new ReflectionPadding(OUTER_KERNEL / 2))
        .add(
            new Convolution(
                Math.toIntExact(image.get(0)), new FilterWindow(OUTER_KERNEL, 1, 0), true))
        .add(Activation.TANH.layer());
    network.setInitializer(new NormalInitializer(0.02f), Parameter.Type.WEIGHT);
    return network;
  }

  private static void requireSize(NetworkSite site, Shape given, Shape image) {
    if (!given.slice(1).equals(image.slice(1))) {
      throw new UnusableComponentException(
          "the %s translates an image to one of the same size, not %s to %s"
              .formatted(site.role(), given, image));
    }
    if (image.get(1) % MULTIPLE != 0 || image.get(2) % MULTIPLE != 0 || image.get(1) < 8) {
      throw new UnusableComponentException(
          "the %s needs images whose sides are multiples of 4 from 8, not of %d x %d pixels"
              .formatted(site.role(), image.get(1), image.get(2)));
    }
  }

  /** Adds a convolution that keeps the size; what is beyond the edge is the mirrored image. */
  private void addPadded(SequentialBlock network, int kernel, int channels) {
    network
        .add(new ReflectionPadding(kernel / 2))
        .add(new Convolution(channels, new FilterWindow(kernel, 1, 0), isBiased()))
        .add(options.normalization.layer());
  }

  private void addHalving(SequentialBlock network, int channels) {
    network
        .add(new Convolution(channels, HALVING, isBiased()))
        .add(options.normalization.layer())
        .add(Activation.RELU.layer());
  }

  private void addDoubling(SequentialBlock network, int channels) {
    network
        .add(new TransposedConvolution(channels, HALVING, 1, isBiased()))
        .add(options.normalization.layer())
        .add(Activation.RELU.layer());
  }

  private Block residual(int channels) {
    SequentialBlock branch = new SequentialBlock();
    addPadded(branch, INNER_KERNEL, channels);
    branch.add(Activation.RELU.layer());
    addPadded(branch, INNER_KERNEL, channels);
    return new Residual(branch, Activation.NONE.layer());
  }

  /** A normalisation shifts its output itself. */
  private boolean isBiased() {
    return options.normalization == Normalization.NONE;
  }
}
