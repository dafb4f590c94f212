package org.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.Recipes;
import picocli.CommandLine.Option;

/** What is changed in a recipe, as several commands take it. */
final class ChangeArguments {

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Change the recipe, such as --set train.batch=32, --set loss=hinge or",
        "--set regularizers.instance-noise.sigma=0.2. Can be repeated."
      })
  private List<String> settings = new ArrayList<>();

  /**
   * The changes, in the order in which they were typed.
   *
   * @throws WrongInput if one is not of the form {@code PATH=VALUE}
   */
  List<Recipes.Change> changes() {
    return changes(settings);
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
