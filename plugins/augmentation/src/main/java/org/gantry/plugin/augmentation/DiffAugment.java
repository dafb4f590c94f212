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
 * A discriminator sees nothing but randomly changed images, real or fake, in its own updates and in
 * those of the generator, whose gradients pass through the changes. So the discriminator cannot
 * learn few real images by heart, and the generator does not learn to make changed ones. Each image
 * of each batch is changed by draws of its own.
 *
 * <p>Changing real images alone, as in classification, would teach the generator the changes; and
 * leaving them out of the generator's updates would set it a game that the discriminator does not
 * play. Numbers suppose images in [-1, 1]; what is shifted in or cut out is 0, which is grey.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "diff-augment",
    summary = "The discriminator sees randomly changed images only, real and fake alike",
    paper = "arXiv:2006.10738, section 3.2")
final class DiffAugment implements Regularizer {

  private static final String NAME = "diff-augment";

  /** The default is what the authors use unless data are scarce; then they add color. */
  record Options(
      @Description("what is done, in order: color, translation, cutout")
          @DefaultValue("[translation, cutout]")
          @NotEmpty
          List<AugmentationPolicy> policy,
      @Description("the roles of the discriminators that see changed images; empty for all")
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
