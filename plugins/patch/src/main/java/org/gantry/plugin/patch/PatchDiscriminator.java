package org.gantry.plugin.patch;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionJoin;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.Normalization;

/**
 * Judges every patch of an image by itself, as in pix2pix. The score has the shape (batch, 1,
 * height, width) with one value for each patch, and losses average over all of them. With n halving
 * convolutions a patch has 16, 34, 70, 142 or 286 pixels for n from 1 to 5; with none it is a
 * single pixel. A condition joins the image, as further channels.
 */
@Component(
    kind = ComponentKind.DISCRIMINATOR,
    name = "patch",
    summary = "Patch discriminator: one score for each patch of an image",
    paper = "arXiv:1611.07004, section 3.2.2 and appendix",
    takes = {"image", "condition?"},
    gives = {"score", "features"})
final class PatchDiscriminator implements Architecture {

  private static final FilterWindow HALVING = new FilterWindow(4, 2, 1);
  private static final FilterWindow DENSE = new FilterWindow(4, 1, 1);
  private static final FilterWindow PIXEL = FilterWindow.same(1);
  private static final int WIDEST = 8;

  record Options(
      @Description("channels of the first layer; each further one doubles them, up to eightfold")
          @DefaultValue("64")
          @Positive int width,
      @Description(
              "how many layers halve the image: 1, 2, 3, 4 or 5 for patches of 16, 34, 70, 142 or"
                  + " 286 pixels; 0 for single pixels")
          @DefaultValue("3")
          @Min(0) @Max(6) int halvings,
      @Description("the normalisation of hidden layers") @DefaultValue("instance")
          Normalization normalization) {}

  private final Options options;

  @Inject
  PatchDiscriminator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    Shape image = site.input("image");
    site.requireImage(image);
    requirePatch(site, Math.min(image.get(1), image.get(2)));
    SequentialBlock trunk = new SequentialBlock();
    if (site.isFed(ConditionPlace.PORT)) {
      trunk.add(new ConditionJoin());
    }
    boolean pixels = options.halvings == 0;
    addLayer(trunk, 0, pixels ? PIXEL : HALVING);
    for (int depth = 1; depth < options.halvings; depth++) {
      addLayer(trunk, depth, HALVING);
    }
    FilterWindow last = pixels ? PIXEL : DENSE;
    addLayer(trunk, Math.max(1, options.halvings), last);
    Block network = new HeadedNetwork(trunk, new Convolution(1, last, true));
    network.setInitializer(new NormalInitializer(0.02f), Parameter.Type.WEIGHT);
    return network;
  }

  private void addLayer(SequentialBlock trunk, int depth, FilterWindow window) {
    boolean normalized = depth > 0 && options.normalization != Normalization.NONE;
    int channels = options.width * Math.min(WIDEST, 1 << depth);
    trunk.add(new Convolution(channels, window, !normalized));
    if (normalized) {
      trunk.add(options.normalization.layer());
    }
    trunk.add(Activation.LEAKY_RELU.layer());
  }

  /** The two dense layers take a pixel each, and leave at least one score. */
  private void requirePatch(NetworkSite site, long side) {
    long least = options.halvings == 0 ? 1 : 3L << options.halvings;
    if (side < least) {
      throw new UnusableComponentException(
          "the %s needs images of at least %d x %d pixels with %d halvings; use fewer, such as %d"
              .formatted(site.role(), least, least, options.halvings, fitting(side)));
    }
  }

  private static int fitting(long side) {
    int halvings = 0;
    while (3L << (halvings + 1) <= side) {
      halvings++;
    }
    return halvings;
  }
}
