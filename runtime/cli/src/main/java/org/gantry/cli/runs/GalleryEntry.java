package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.cli.console.NumberText;
import org.gantry.recipes.text.RecipeComment;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;

/**
 * A run in a gallery.
 *
 * @param title the path of the run's folder below the searched one
 * @param about the first line of the recipe's comment; empty without one
 * @param run the run
 * @param threads the number of threads of the training
 * @param picture the latest picture of samples
 */
record GalleryEntry(String title, String about, RunSummary run, int threads, Path picture) {

  /** The number of figures that are shown. */
  private static final int FIGURES = 3;

  /**
   * Finds what to show of a run.
   *
   * @param searched the folder that contains the run
   * @return empty if the run has no picture or cannot be read
   */
  static Optional<GalleryEntry> of(Path searched, RunSummary run) {
    RunFolder folder = new RunFolder(run.path());
    try {
      List<Path> pictures = folder.pictures();
      return pictures.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new GalleryEntry(
                  title(searched, run.path()),
                  about(folder),
                  run,
                  folder.environment().threads(),
                  pictures.get(pictures.size() - 1)));
    } catch (RunException | IOException e) {
      return Optional.empty();
    }
  }

  private static String title(Path searched, Path run) {
    String below = searched.normalize().relativize(run).toString().replace('\\', '/');
    return below.isEmpty() ? run.toAbsolutePath().getFileName().toString() : below;
  }

  /** The comment of the recipe; a stage has that of the whole run. */
  private static String about(RunFolder folder) throws IOException {
    String own = RecipeComment.firstLine(folder.recipe());
    Path whole = folder.path().toAbsolutePath().resolveSibling(folder.recipe().getFileName());
    return own.isEmpty() && Files.isRegularFile(whole) ? RecipeComment.firstLine(whole) : own;
  }

  /** The name of the picture's copy. */
  String fileName() {
    return title.replace('/', '-') + ".png";
  }

  /**
   * The section of the page.
   *
   * @param folder the relative path from the page to the copies of the pictures
   */
  String section(String folder) {
    String end = run.status().equals("done") ? "" : " (" + run.status() + ")";
    String figures =
        run.figures().keySet().stream()
            .limit(FIGURES)
            .map(name -> name + " " + run.figureText(name))
            .collect(Collectors.joining(", "));
    return "\n## %s\n\n%s![Samples of %s](%s/%s)\n\n%d of %d steps%s in %s on %s%s\n"
        .formatted(
            title,
            about.isEmpty() ? "" : about + "\n\n",
            title,
            folder,
            fileName(),
            run.step(),
            run.steps(),
            end,
            NumberText.duration(run.seconds()),
            threads == 1 ? "1 thread" : threads + " threads",
            figures.isEmpty() ? "." : ": " + figures + ".");
  }
}
