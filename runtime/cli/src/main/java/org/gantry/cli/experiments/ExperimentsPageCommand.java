package org.gantry.cli.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.experiments.ResultsPage;
import org.gantry.host.support.ErrorText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a page with the results of experiments. */
@Command(
    name = "page",
    description = "Write a Markdown page with the results of experiments.",
    footer = {"Example:", "  gantry experiments page -o docs/does-it-work.md results"})
public final class ExperimentsPageCommand implements Runnable {

  @Parameters(
      paramLabel = "DIR",
      description = "The folder of results: a .json and an optional .png for each experiment.")
  private Path folder;

  @Option(names = "-o", paramLabel = "FILE", required = true, description = "The page.")
  private Path file;

  @Override
  public void run() {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException("there is no folder " + folder, "");
    }
    requireResults();
    OutputFile page = new OutputFile("-o", file).requireWritable();
    Path from = file.toAbsolutePath().normalize().getParent();
    String link =
        from.relativize(folder.toAbsolutePath().normalize()).toString().replace('\\', '/');
    try {
      page.write(ResultsPage.of(folder, link));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void requireResults() {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.noneMatch(file -> file.toString().endsWith(".json"))) {
        throw new InvalidInputException(
            "the folder %s has no results: expected a .json file for each experiment"
                .formatted(folder),
            "'gantry experiments run NAME' writes one to its folder.");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InvalidInputException unreadable(IOException e) {
    return new InvalidInputException(
        "%s cannot be read: %s".formatted(folder, ErrorText.of(e)), "", e);
  }
}
