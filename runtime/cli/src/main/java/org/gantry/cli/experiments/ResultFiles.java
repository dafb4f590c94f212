package org.gantry.cli.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.cli.console.OutputFile;
import org.gantry.experiments.ExperimentFigure;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.TrialSeries;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;

/**
 * The files with the results of a series: {@code NAME.json}, {@code NAME.png} and others.
 *
 * @param folder the folder of the series
 * @param name the name of the experiment
 */
record ResultFiles(Path folder, String name) {

  /** The file with an extension. */
  Path file(String extension) {
    return folder.resolve(name + "." + extension);
  }

  /** Writes a text. */
  void write(String extension, String text) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
    new OutputFile("--out", file(extension)).write(text);
  }

  /** Draws the samples and charts; returns the file, or nothing if there is nothing to draw. */
  Optional<Path> writePicture(TrialSeries series, ExperimentResults results) {
    try {
      Optional<byte[]> png = ExperimentFigure.png(series, results);
      png.ifPresent(bytes -> new OutputFile("--out", file("png")).write(o -> o.write(bytes)));
      return png.map(bytes -> file("png"));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private RunException unwritable(IOException e) {
    return new RunException("cannot write the results to " + folder + ": " + ErrorText.of(e), e);
  }
}
