package org.gantry.cli.recipes;

import java.util.ArrayList;
import java.util.List;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.Recipes;
import picocli.CommandLine.Option;

/** The option --set, which changes a recipe. */
public final class ChangeArguments {

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Change the recipe, such as --set train.batch=32, --set loss=hinge or"
              + " --set regularizers.instance-noise.sigma=0.2. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  /**
   * The changes, in the order of the options.
   *
   * @throws InvalidInputException if one is not of the form {@code PATH=VALUE}
   */
  public List<Recipes.Change> changes() {
    return changes("--set ", settings);
  }

  /**
   * Parses changes of the form {@code PATH=VALUE}.
   *
   * @param option the option before each change, for messages
   * @throws InvalidInputException if one is not of the form {@code PATH=VALUE}
   */
  public static List<Recipes.Change> changes(String option, List<String> settings) {
    List<Recipes.Change> changes = new ArrayList<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new InvalidInputException(
                "%s: expected a path, an equals sign and a value".formatted(option + setting),
                "Write for example %strain.batch=32.".formatted(option))
            .withExpected("a path, an equals sign and a value");
      }
      changes.add(new Recipes.Change(setting.substring(0, equals), setting.substring(equals + 1)));
    }
    return changes;
  }
}
