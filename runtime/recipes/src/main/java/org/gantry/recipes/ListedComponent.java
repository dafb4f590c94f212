package org.gantry.recipes;

import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.SourcePosition;

/**
 * A component of a list in a file that is not a recipe.
 *
 * @param component the instance
 * @param path its place in the file, such as {@code constraints[0].colour}
 * @param position where it is written
 * @param <T> the interface of its kind
 */
public record ListedComponent<T>(T component, String path, SourcePosition position) {

  /** Returns the problem that the component does not fit what it is used for. */
  public InputProblem refusal(UnusableComponentException reason) {
    return new InputProblem(
        position.location(),
        MessageText.quoted(path)
            + " cannot be used: "
            + MessageText.withFullStop(reason.getMessage()),
        "",
        "",
        Optional.empty(),
        Optional.of(reason));
  }
}
