package org.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Recipes;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recipe and what is changed in it, as several commands take them. */
final class RecipeArguments {

  @Parameters(
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Change the recipe, such as --set train.batch=32, --set loss=hinge or",
        "--set regularizers.instance-noise.sigma=0.2. Can be repeated."
      })
  private List<String> settings = new ArrayList<>();

  /** The recipe with its changes, composed and checked. */
  Composed compose(Services services) {
    return compose(services, List.of());
  }

  /** The same, with further changes made after these. */
  Composed compose(Services services, List<Recipes.Change> further) {
    List<Recipes.Change> changes = new ArrayList<>(changes(settings));
    changes.addAll(further);
    return services.recipes().compose(recipe, changes);
  }

  /**
   * The changes that {@code --set} asks for.
   *
   * @throws WrongInput if one is not of the form {@code PATH=VALUE}
   */
  static List<Recipes.Change> changes(List<String> settings) {
    List<Recipes.Change> changes = new ArrayList<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new WrongInput(
            "--set %s: a path, an equals sign and a value were expected".formatted(setting),
            "Write for example --set train.batch=32.");
      }
      changes.add(new Recipes.Change(setting.substring(0, equals), setting.substring(equals + 1)));
    }
    return changes;
  }
}
