package org.gantry.plugin.plugandplay;

import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;

/**
 * What a chain needs of a model.
 *
 * @param sample makes images of one code, for a label
 * @param latent the code of the sample
 * @param label the label of the sample
 * @param classes maps images to the logits of classes
 * @param code maps images to codes; empty if the model cannot
 */
record ChainUses(
    ModelUse sample,
    ModelInput latent,
    ModelInput label,
    ModelUse classes,
    Optional<ModelUse> code) {

  /** The use that maps an image to the logits of classes. */
  static final String CLASSES = "classes";

  /** The use that maps an image to its code. */
  static final String CODE = "code";

  /**
   * Finds the uses.
   *
   * @param sample the use whose samples are wanted
   * @throws UnusableComponentException if the model lacks a use, or the sample an input
   */
  static ChainUses of(TrainedModel model, ModelUse sample) {
    List<ModelInput> codes = sample.codes();
    List<ModelInput> labels =
        sample.inputs().stream().filter(i -> i.field().type() == ValueType.LABEL).toList();
    if (codes.size() != 1 || labels.size() != 1) {
      throw new UnusableComponentException(
          "it needs samples with the inputs code and label, and %s has the inputs %s"
              .formatted(sample.name(), sample.inputs().stream().map(ModelInput::name).toList()));
    }
    ModelUse classes =
        ofImages(model, CLASSES)
            .orElseThrow(
                () ->
                    new UnusableComponentException(
                        "it needs networks that classify images, and these state no use 'classes'"
                            + " of an image; the topology plug-and-play has one"));
    return new ChainUses(sample, codes.get(0), labels.get(0), classes, ofImages(model, CODE));
  }

  private static Optional<ModelUse> ofImages(TrainedModel model, String name) {
    return model.uses().stream()
        .filter(use -> use.name().equals(name))
        .filter(use -> use.inputs().size() == 1 && use.input(DatasetField.IMAGE).isPresent())
        .findFirst();
  }

  /**
   * The use that maps images to codes.
   *
   * @throws UnusableComponentException if the model cannot
   */
  ModelUse requireCode() {
    return code.orElseThrow(
        () ->
            new UnusableComponentException(
                "its prior needs an encoder, and these networks state no use 'code' of an image"));
  }
}
