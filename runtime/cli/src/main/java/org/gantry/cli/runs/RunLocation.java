package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.StagedRun;

/** Finds the run that the user names. */
public final class RunLocation {

  private static final Path USUAL = Path.of("runs");

  private RunLocation() {}

  /**
   * The path of a run: the given one, or the run of that name in the folder {@code runs}.
   *
   * @throws InvalidInputException if neither exists, with the nearest name
   */
  static Path find(Path given) {
    return find(given, USUAL);
  }

  /**
   * The path of a run whose networks are used: of a run with stages, the last that has a
   * checkpoint.
   *
   * @throws InvalidInputException if the run does not exist, or none of its stages is trained
   */
  public static Path findTrained(Path given) {
    Path path = find(given);
    try {
      return StagedRun.lastTrained(path);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  /** The path of a run; the given one if the run does not exist. */
  static Path guess(Path given) {
    return guess(given, USUAL);
  }

  private static Path guess(Path given, Path usual) {
    boolean named = !Files.exists(given) && !given.isAbsolute();
    return named && Files.isDirectory(usual.resolve(given)) ? usual.resolve(given) : given;
  }

  static Path find(Path given, Path usual) {
    Path path = guess(given, usual);
    if (Files.exists(path)) {
      return path;
    }
    Path parent = given.getParent();
    String nearest = nearest(given, parent == null ? usual : parent);
    throw new InvalidInputException(
        "there is no run folder " + given, nearest + "'gantry runs' lists runs.");
  }

  /** A suggestion of a run in a folder; empty if no name is near. */
  private static String nearest(Path given, Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> runs =
          entries
              .filter(RunLocation::isRun)
              .map(entry -> entry.getFileName().toString())
              .sorted()
              .toList();
      return NearestName.find(given.getFileName().toString(), runs)
          .map(name -> "Did you mean '%s'? ".formatted(folder.resolve(name)))
          .orElse("");
    } catch (IOException e) {
      // Without such a folder there is nothing to suggest.
      return "";
    }
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(new RunFolder(folder).stateFile())
        || StagedRun.find(folder).isPresent();
  }

  /**
   * Opens the run that the user names; of a run with stages, the last that has begun.
   *
   * @throws InvalidInputException if it is not a run
   */
  static RunFolder open(Path given) {
    Path path = find(given);
    try {
      return RunFolder.open(StagedRun.lastBegun(path));
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "'gantry runs' lists runs.", e);
    }
  }
}
