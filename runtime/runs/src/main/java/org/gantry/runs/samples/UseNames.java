package org.gantry.runs.samples;

import java.util.List;
import org.gantry.recipes.text.NearestName;
import org.gantry.sampler.ModelUse;

/** Finds a use of networks by its name. */
public final class UseNames {

  private UseNames() {}

  /**
   * Finds a use.
   *
   * @param uses what the networks can make
   * @param argument the argument that names it, such as {@code --use}, for messages
   * @throws UnusableInputException if none of the uses has the name
   */
  public static ModelUse find(List<ModelUse> uses, String name, String argument) {
    List<String> names = uses.stream().map(ModelUse::name).toList();
    return uses.stream()
        .filter(use -> use.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "%s %s: the networks cannot make that".formatted(argument, name),
                    NearestName.find(name, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("They can make %s.".formatted(String.join(", ", names)))));
  }
}
