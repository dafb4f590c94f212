package org.gantry.plugin.srresnet;

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
import org.gantry.layers.PixelShuffle;
import org.gantry.layers.Residual;

/**
 * A residual generator that enlarges an image 2, 4 or 8 times. All blocks work on the small image;
 * each doubling at the end turns channels into pixels. Where the paper has parametric rectifiers,
 * this has plain ones.
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "srresnet",
    summary = "Residual generator that enlarges an image 2, 4 or 8 times",
    paper = "arXiv:1609.04802, section 2.1.1 and figure 4",
    takes = "given",
    gives = "image")
final class SrresnetGenerator implements Architecture {

  private static final FilterWindow OUTER = new FilterWindow(9, 1, 4);
  private static final FilterWindow INNER = new FilterWindow(3, 1, 1);
  private static final int MOST_DOUBLINGS = 3;

  record Options(
      @Description("channels of every layer; the paper has 64") @DefaultValue("32") @Positive int width,
      @Description("the number of residual blocks; the paper has 16") @DefaultValue("6") @Positive int blocks,
      @Description("the normalisation of the residual blocks; the paper has batch")
          @DefaultValue("batch")
          Normalization normalization) {}

  private final Options options;

  @Inject
  SrresnetGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape given = site.input("given");
    Shape image = site.output("image");
    site.requireImage(image);
    int doublings = doublings(site, given, image);
    SequentialBlock blocks = new SequentialBlock();
    for (int i = 0; i < options.blocks(); i++) {
      blocks.add(residual());
    }
    addNormalized(blocks);
    SequentialBlock network =
        new SequentialBlock()
            .add(new Convolution(options.width(), OUTER, true))
            .add(Activation.RELU.layer())
            .add(new Residual(blocks, Activation.NONE.layer()));
    for (int i = 0; i < doublings; i++) {
      network
          .add(new Convolution(4 * options.width(), INNER, true))
          .add(new PixelShuffle(2))
          .add(Activation.RELU.layer());
    }
    network
        .add(new Convolution(Math.toIntExact(image.get(0)), OUTER, true))
        .add(Activation.TANH.layer());
    network.setInitializer(new NormalInitializer(0.02f), Parameter.Type.WEIGHT);
    return network;
  }

  private static int doublings(NetworkSite site, Shape given, Shape image) {
    for (int doublings = 1; doublings <= MOST_DOUBLINGS; doublings++) {
      if (given.dimension() == 3
          && given.get(1) << doublings == image.get(1)
          && given.get(2) << doublings == image.get(2)) {
        return doublings;
      }
    }
    throw new UnusableComponentException(
        "the %s enlarges an image 2, 4 or 8 times, not %s to %s"
            .formatted(site.role(), given, image));
  }

  private Block residual() {
    SequentialBlock branch = new SequentialBlock();
    addNormalized(branch);
    branch.add(Activation.RELU.layer());
    addNormalized(branch);
    return new Residual(branch, Activation.NONE.layer());
  }

  private void addNormalized(SequentialBlock network) {
    network
        .add(new Convolution(options.width(), INNER, options.normalization() == Normalization.NONE))
        .add(options.normalization().layer());
  }
}
