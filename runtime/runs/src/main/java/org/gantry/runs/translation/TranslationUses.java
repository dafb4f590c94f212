package org.gantry.runs.translation;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/** The uses of networks that make a picture of one picture. */
public final class TranslationUses {

  private TranslationUses() {}

  /** Returns the uses that translate pictures, in their order. */
  public static List<ModelUse> of(List<ModelUse> uses) {
    return uses.stream().filter(use -> picture(use).isPresent()).toList();
  }

  /**
   * Returns the picture that a use translates: its only input that is not random. Empty if the use
   * has other inputs, or makes no grey or colour picture.
   */
  public static Optional<ModelInput> picture(ModelUse use) {
    List<ModelInput> given = use.inputs().stream().filter(ModelInput::fromData).toList();
    return given.size() == 1 && isPicture(given.get(0).field()) && isPicture(use.output())
        ? Optional.of(given.get(0))
        : Optional.empty();
  }

  /** Whether a field holds grey or colour pictures. */
  public static boolean isPicture(DatasetField field) {
    Shape shape = field.shape();
    return field.type() == ValueType.IMAGE
        && shape.dimension() == 3
        && (shape.get(0) == 1 || shape.get(0) == 3);
  }
}
