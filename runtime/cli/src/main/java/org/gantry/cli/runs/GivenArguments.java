package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.Recipes;
import org.gantry.runs.samples.GivenInputs;
import org.gantry.runs.samples.GivenPicture;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.runs.samples.UseNames;
import org.gantry.sampler.ModelUse;
import picocli.CommandLine.Option;

/** The arguments that say what to make, and of what. */
final class GivenArguments {

  private static final String OPTION = "--given";

  @Option(
      names = "--use",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "What to make, of what the topology can make, such as translation; by default its first.")
  private String use;

  @Option(
      names = "--given",
      paramLabel = "NAME=VALUE",
      description =
          "The value of an input: label=7 or label=cat, text=\"a red cat\", image=FILE or"
              + " image=FOLDER. Several labels, as in label=1,2,3, share the samples. Can be"
              + " repeated; the data give the other inputs.")
  private List<String> given = new ArrayList<>();

  /**
   * Checks the name of the use.
   *
   * @param uses what the networks can make
   * @throws org.gantry.runs.samples.UnusableInputException if they cannot make what {@code --use}
   *     names
   */
  void requireUse(List<ModelUse> uses) {
    if (!use.isEmpty()) {
      UseNames.find(uses, use, "--use");
    }
  }

  /**
   * Finds the use.
   *
   * @param uses what the networks can make
   * @throws InvalidInputException if they cannot make what {@code --use} names, or nothing at all
   */
  ModelUse find(List<ModelUse> uses) {
    if (uses.isEmpty()) {
      throw new InvalidInputException(
          "the topology of the run states no use of its networks, so there is nothing to sample",
          "");
    }
    return use.isEmpty() ? uses.get(0) : UseNames.find(uses, use, "--use");
  }

  /**
   * Returns the choice. The values of an input share the samples.
   *
   * @param console receives notes about the values
   * @param count the number of samples in all
   */
  SampleInputs inputs(CommandServices services, Console console, int count) {
    return inputs(services, console, List.of(), GivenInputs.shared(count));
  }

  /**
   * Returns the choice.
   *
   * @param console receives notes about the values
   * @param further more values of the same inputs, as NAME=VALUE of the option --to
   * @param order which of its values an input has in each sample
   */
  SampleInputs inputs(
      CommandServices services,
      Console console,
      List<String> further,
      GivenInputs.ValueOrder order) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String argument : given) {
      String name = name(OPTION, argument);
      List<String> one = new ArrayList<>(List.of(value(argument)));
      if (texts.put(name, one) != null) {
        throw new InvalidInputException(
            "--given %s appears twice".formatted(name),
            "Give each input one value; several labels share the samples, as in"
                + " --given label=1,2,3.");
      }
    }
    for (String argument : further) {
      String name = name("--to", argument);
      List<String> start = texts.get(name);
      if (start == null) {
        throw new InvalidInputException(
            "--to %s: expected --given %s=..., where the walk starts".formatted(argument, name),
            "");
      }
      start.add(value(argument));
    }
    return new GivenInputs(use, texts, OPTION + " ", pictures(services.recipes(), console), order);
  }

  /** Reads the pictures that an argument names, and notes which of them are scaled. */
  private static GivenPicture pictures(Recipes recipes, Console console) {
    GivenPictures reader =
        new GivenPictures(recipes, note -> console.err().println("note: " + note));
    return reader::read;
  }

  private static String name(String option, String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          "%s %s: expected NAME=VALUE".formatted(option, argument),
          "For example: %s label=7".formatted(option));
    }
    return argument.substring(0, equals);
  }

  private static String value(String argument) {
    return argument.substring(argument.indexOf('=') + 1);
  }
}
