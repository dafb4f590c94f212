package org.gantry.cli.services;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.experiments.Experiment;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.SourcePosition;

/**
 * An experiment as found, in the product or in a plugin.
 *
 * @param name the name of its file without extension
 * @param origin the file, or the bundle and the entry in it
 * @param folder what paths in it are relative to
 * @param text its text
 */
public record ExperimentSource(String name, String origin, Path folder, String text) {

  private static final String EXTENSION = "\\.ya?ml$";

  /** Reads it. */
  public Experiment read() {
    return Experiment.read(name, text, SourcePosition.startOf(origin, folder));
  }

  /** The experiments in a folder, which need not exist. */
  static List<ExperimentSource> listFolder(Path folder) throws IOException {
    List<ExperimentSource> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          found.add(ofFile(file));
        }
      }
    }
    return found;
  }

  private static ExperimentSource ofFile(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst(EXTENSION, "");
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new ExperimentSource(name, file.toString(), folder, Files.readString(file));
  }

  /**
   * The experiment that somebody means.
   *
   * @param wanted one of the names, or a file
   * @throws InvalidInputException if there is none
   */
  public static ExperimentSource find(String wanted, List<ExperimentSource> installed) {
    if (wanted.matches(".*([/\\\\]|" + EXTENSION + ").*")) {
      try {
        return ofFile(Path.of(wanted));
      } catch (CharacterCodingException e) {
        throw new InvalidInputException(
            "the file '%s' is no text in UTF-8".formatted(wanted), "Save it so.", e);
      } catch (IOException e) {
        throw new InvalidInputException(
            "there is no file '%s' that can be read".formatted(wanted), "", e);
      }
    }
    List<String> names = installed.stream().map(ExperimentSource::name).toList();
    return installed.stream()
        .filter(e -> e.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "there is no experiment '%s'".formatted(wanted),
                    NearestName.suggestion(wanted, names)
                        + "'gantry experiments list' lists them."));
  }
}
