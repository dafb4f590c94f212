package org.gantry.cli.services;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.experiments.definition.Experiment;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.SourcePosition;

/**
 * The text of an experiment in the product, in a plugin or in a file.
 *
 * @param name the name of the file without its extension
 * @param origin the file, or the bundle and the entry in it
 * @param folder the folder that paths in the text are relative to
 * @param text the YAML text
 */
public record ExperimentSource(String name, String origin, Path folder, String text) {

  private static final String EXTENSION = "\\.ya?ml$";

  /** Parses the experiment. */
  public Experiment read() {
    return Experiment.read(name, text, SourcePosition.startOf(origin, folder));
  }

  /** The experiments in a folder; none if the folder does not exist. */
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
    String text = TextFiles.read(file, TextFiles.WRITTEN_LIMIT);
    return new ExperimentSource(name, file.toString(), folder, text);
  }

  /**
   * Finds an experiment.
   *
   * @param wanted the name of an installed experiment, or a file
   * @throws InvalidInputException if the experiment does not exist
   */
  public static ExperimentSource find(String wanted, List<ExperimentSource> installed) {
    if (wanted.matches(".*([/\\\\]|" + EXTENSION + ").*")) {
      try {
        return ofFile(Path.of(wanted));
      } catch (CharacterCodingException e) {
        throw new InvalidInputException(
            "the file '%s' is not text in UTF-8".formatted(wanted), "Save it in UTF-8.", e);
      } catch (NoSuchFileException e) {
        throw new InvalidInputException("there is no file '%s'".formatted(wanted), "", e);
      } catch (IOException e) {
        throw new InvalidInputException(
            "the file '%s' cannot be read: %s".formatted(wanted, ErrorText.of(e)), "", e);
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
