package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;

/**
 * The picture that a user edits: one of the user's own, or a sample of the generator.
 *
 * @param made what the generator makes
 * @param own the user's picture
 */
record EditedPicture(DatasetField made, Optional<SinglePicture> own, CommandServices services) {

  /**
   * Returns the picture that shapes and masks are drawn over, and what the generator sees of it.
   */
  PictureFrame frame() {
    int height = Math.toIntExact(made.shape().get(1));
    int width = Math.toIntExact(made.shape().get(2));
    return own.map(o -> PictureFrame.centred(o.width(), o.height(), width, height))
        .orElse(PictureFrame.whole(width, height));
  }

  /**
   * Prepares constraints for the picture.
   *
   * @param start the generator's picture before the edit
   * @param manager ends with the edit
   * @throws RecipeException if constraints do not fit the picture, with all of them
   */
  List<ConstraintCost> prepare(
      List<ListedComponent<Constraint>> constraints, float[] start, NDManager manager) {
    ConstraintSite site = new ConstraintSite(made, start, frame(), this::read, manager);
    List<InputProblem> problems = new ArrayList<>();
    List<ConstraintCost> costs = new ArrayList<>();
    for (ListedComponent<Constraint> each : constraints) {
      try {
        costs.add(each.component().prepare(site));
      } catch (UnusableComponentException e) {
        problems.add(each.refusal(e));
      }
    }
    if (!problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return costs;
  }

  /** Reads a picture that is drawn over the edited one, in the size of the generator's pictures. */
  private float[] read(Path file, int channels) {
    Shape shape = made.shape();
    DatasetField field = DatasetField.image("drawn", channels, shape.get(1), shape.get(2));
    SinglePicture picture =
        SinglePicture.open("--constraints: " + file, file.toString(), field, services);
    PictureFrame frame = frame();
    if (picture.width() != frame.width() || picture.height() != frame.height()) {
      throw new UnusableComponentException(
          "the picture %s has %d x %d pixels, and the edited one %d x %d"
              .formatted(file, picture.width(), picture.height(), frame.width(), frame.height()));
    }
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - field.low()) / (field.high() - field.low()));
    }
    return values;
  }
}
