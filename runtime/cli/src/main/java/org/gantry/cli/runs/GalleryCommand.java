package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a page with the latest picture of each run. */
@Command(
    name = "gallery",
    description =
        "Write a Markdown page with the latest picture of each run in a folder and its subfolders,"
            + " and with its steps, time and metrics.",
    footer = {
      "The pictures are copied to a folder next to the page, which has the page's name.",
      "",
      "Example:",
      "  gantry gallery -o gallery.md"
    })
public final class GalleryCommand implements Runnable {

  private static final String ENDING = ".md";

  private static final String INTRODUCTION =
      """
      # Gallery

      Samples of trainings as the run folders have them, with the time of each training.
      """;

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder; by default '${DEFAULT-VALUE}'.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.md",
      required = true,
      description = "The page.")
  private Path file;

  public GalleryCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    OutputFile page = new OutputFile("-o", file);
    page.ending(List.of(ENDING));
    page.requireWritable();
    List<GalleryEntry> entries = entries();
    String name = file.getFileName().toString();
    Path copies = file.resolveSibling(name.substring(0, name.length() - ENDING.length()));
    try {
      Files.createDirectories(copies);
      for (GalleryEntry entry : entries) {
        byte[] picture = Files.readAllBytes(entry.picture());
        AtomicFiles.write(copies.resolve(entry.fileName()), out -> out.write(picture));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "the pictures cannot be copied to %s: %s".formatted(copies, ErrorText.of(e)),
          "Name another file with -o.",
          e);
    }
    String link = copies.getFileName().toString();
    page.write(
        INTRODUCTION
            + entries.stream().map(entry -> entry.section(link)).collect(Collectors.joining()));
    console.out().println(file);
  }

  private List<GalleryEntry> entries() {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          folder + " is not a folder", "'gantry train RECIPE' trains and writes to runs.");
    }
    List<GalleryEntry> entries;
    try {
      entries =
          RunSummary.findBelow(folder).stream()
              .map(run -> GalleryEntry.of(folder, run))
              .flatMap(Optional::stream)
              .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: %s".formatted(folder, ErrorText.of(e)), "", e);
    }
    if (entries.isEmpty()) {
      throw new InvalidInputException(
          "no run in %s has a picture".formatted(folder),
          "A training writes pictures every train.sample-every steps.");
    }
    return entries;
  }
}
