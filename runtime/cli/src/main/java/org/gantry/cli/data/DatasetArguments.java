package org.gantry.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.Dataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.RecipeException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a data set and set its options. */
final class DatasetArguments {

  private static final String KEY = "data";
  private static final String PATH = "path";

  @Parameters(
      paramLabel = "DATA",
      description =
          "A folder, a zip archive or a packed file; or the name of a data set, such as digits.")
  private String source;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "Set an option of the data set, such as --set size=32. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--reader",
      paramLabel = "NAME",
      defaultValue = "image-folder",
      description = "The data set that reads a path; ${DEFAULT-VALUE} by default.")
  private String reader;

  /** What was typed, for messages. */
  String source() {
    return source;
  }

  /**
   * Opens the data set.
   *
   * @param defaults options of a reader of paths that apply unless they are set
   * @throws InvalidInputException if it has no finite number of samples
   * @throws RecipeException if it cannot be opened
   */
  IndexedDataset open(CommandServices services, Map<String, String> defaults) {
    List<Change> options = new ArrayList<>(ChangeArguments.changes("--set ", settings));
    Path path = UserPaths.of(source);
    boolean isPath = Files.exists(path) || source.contains("/");
    if (isPath) {
      defaults.forEach(
          (name, value) -> {
            if (options.stream().noneMatch(option -> option.path().equals(name))) {
              options.add(new Change(name, value));
            }
          });
      options.add(new Change(PATH, JsonText.of(path.toAbsolutePath().toString())));
    }
    return requireFinite(create(services, isPath ? reader : source, options, isPath));
  }

  private Dataset create(
      CommandServices services, String reference, List<Change> options, boolean isPath) {
    try {
      return services.recipes().create(KEY, reference, options, Dataset.class);
    } catch (RecipeException e) {
      boolean missing = e.problems().stream().anyMatch(problem -> problem.missing().isPresent());
      if (missing && !isPath) {
        throw new InvalidInputException(
            "DATA %s: expected a file, a folder or the name of a data set".formatted(source),
            "'gantry components dataset' lists data sets.",
            e);
      }
      throw e;
    }
  }

  private IndexedDataset requireFinite(Dataset data) {
    if (data instanceof IndexedDataset indexed) {
      return indexed;
    }
    throw new InvalidInputException(
        "DATA %s: its samples are drawn from a distribution, so there is nothing to list"
            .formatted(source),
        "Name a data set of files, or one that is bundled.");
  }

  /** The data set and its options in one line, for records. */
  String description() {
    return Stream.concat(Stream.of(source), settings.stream()).collect(Collectors.joining(" "));
  }
}
