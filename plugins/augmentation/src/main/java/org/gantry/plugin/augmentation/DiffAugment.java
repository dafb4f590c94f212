package org.gantry.plugin.augmentation;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Differentiable augmentation. The discriminator sees only augmented images, real and fake, in its
 * own updates and in those of the generator. Gradients reach the generator through the
 * augmentation. So the discriminator cannot memorise a small data set, and the generator does not
 * learn to augment. Each image of each batch has its own draws.
 *
 * <p>Augmenting only real images would teach the generator to produce augmented ones. Augmenting
 * only in the discriminator's updates would give the generator the gradient of another game. The
 * transforms assume images in [-1, 1]; shifts and cutouts fill with 0, which is grey.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "diff-augment",
    summary =
        "Differentiable augmentation of everything the discriminator sees, real and" + " fake",
    paper = "arXiv:2006.10738, section 3.2")
final class DiffAugment implements Regularizer {

  private static final String NAME = "diff-augment";

  /** The default is the authors' policy for large data sets. They add color for small ones. */
  record Options(
      @Description("the transforms, in order: color, translation, cutout")
          @DefaultValue("[translation, cutout]")
          @NotEmpty List<AugmentationPolicy> policy,
      @Description("the roles of the discriminators that see augmented images; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  DiffAugment(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    networks.forEach(n -> n.transformInput(DatasetField.IMAGE, images -> augmented(graph, images)));
  }

  private Signal augmented(Graph graph, Signal images) {
    Shape draw = ImageTransforms.drawShape(images);
    Signal changed = images;
    for (AugmentationPolicy policy : options.policy()) {
      changed = policy.apply(graph, changed, () -> graph.uniform(NAME + "-draw", draw));
    }
    return changed;
  }
}
