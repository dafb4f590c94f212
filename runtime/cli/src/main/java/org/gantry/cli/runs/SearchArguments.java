package org.gantry.cli.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.search.CodeSearch;
import org.gantry.search.CodeSpace;
import org.gantry.search.SearchOptimizer;
import org.gantry.search.SearchSettings;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.NetworkSize;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of commands that search for the code of a picture. */
final class SearchArguments {

  @Mixin private GivenArguments given;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "The steps of the search; ${DEFAULT-VALUE} by default.")
  private int steps;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "The codes that are searched at once, of which the best is kept; ${DEFAULT-VALUE} by"
              + " default.")
  private int restarts;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|nesterov",
      defaultValue = "adam",
      description =
          "How the search moves: by Adam, or by Nesterov's momentum; ${DEFAULT-VALUE} by default.")
  private String optimizer;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "The rate of the search: by default 0.1 for adam, for which it falls to zero, and 0.001"
              + " for nesterov.")
  private Double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the codes where the search starts; by default the run's own.")
  private Long seed;

  /**
   * Returns the settings of a search.
   *
   * @param realism the share of the discriminator's judgement
   * @throws InvalidInputException if a number is out of its range
   */
  SearchSettings settings(double realism) {
    requireCount("--steps", steps);
    requireCount("--restarts", restarts);
    SearchOptimizer moving = ChosenWord.of("--optimizer", optimizer, SearchOptimizer.class);
    double chosen = rate == null ? moving.usualRate() : rate;
    if (!(chosen > 0 && chosen < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.expecting("--rate " + rate, "a number above 0", "");
    } else if (!(realism >= 0 && realism < 1)) {
      throw InvalidInputException.expecting(
          "--realism " + realism, "a number from 0 to below 1", "");
    }
    return new SearchSettings(steps, restarts, moving, chosen, realism);
  }

  private static void requireCount(String option, int value) {
    if (value < 1) {
      throw InvalidInputException.expecting(option + " " + value, "at least 1", "");
    }
  }

  /**
   * Finds what the run makes, which has to be a picture.
   *
   * @throws InvalidInputException if it makes no pictures of codes
   */
  ModelUse use(TrainedRun trained) {
    ModelUse use = given.find(trained.uses());
    DatasetField made = use.output();
    if (!TranslationUses.isPicture(made)) {
      throw new InvalidInputException(
          "%s makes no pictures: its %s has the shape %s"
              .formatted(trained.folder().path(), use.name(), made.shape()),
          "Name the run of a recipe with images.");
    }
    return use;
  }

  /**
   * Prepares the search.
   *
   * @param manager owns the networks' results
   * @throws InvalidInputException if the use has several codes, none, or inputs without a value
   */
  CodeSearch search(
      TrainedRun trained,
      ModelUse use,
      NDManager manager,
      CommandServices services,
      Console console) {
    return new CodeSearch(space(trained, use, manager, services, console));
  }

  /**
   * Prepares the space in which codes are searched.
   *
   * @param manager owns the networks' results
   * @throws InvalidInputException if the use has several codes, none, or inputs without a value
   */
  CodeSpace space(
      TrainedRun trained,
      ModelUse use,
      NDManager manager,
      CommandServices services,
      Console console) {
    TrainedModel model =
        trained.trainedModel(manager, seed == null ? trained.composed().settings().seed() : seed);
    Map<String, NDArray> values =
        new LinkedHashMap<>(given.inputs(services, console, 1).values(use, 0, 1, manager));
    List<String> missing =
        use.inputs().stream()
            .filter(ModelInput::fromData)
            .map(ModelInput::name)
            .filter(name -> !values.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "the %s is also made of %s, which needs a value"
              .formatted(use.name(), String.join(" and ", missing)),
          "Name it, such as --given %s=VALUE.".formatted(missing.get(0)));
    }
    try {
      return new CodeSpace(model, use, values, judge(trained));
    } catch (UnusableComponentException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  /** The only discriminator that takes images alone and begins with a score. */
  private static Optional<String> judge(TrainedRun trained) {
    List<NetworkSize> discriminators =
        trained.composed().graph().networkSizes().stream()
            .filter(network -> network.origin().kind().equals(ComponentKind.DISCRIMINATOR))
            .toList();
    if (discriminators.size() != 1) {
      return Optional.empty();
    }
    ComponentOrigin origin = discriminators.get(0).origin();
    return origin.takes().equals(List.of(DatasetField.IMAGE))
            && origin.gives().stream().findFirst().equals(Optional.of("score"))
        ? Optional.of(discriminators.get(0).role())
        : Optional.empty();
  }
}
