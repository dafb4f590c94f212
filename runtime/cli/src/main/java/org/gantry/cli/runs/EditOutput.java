package org.gantry.cli.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.console.TextTable;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;
import org.gantry.host.support.JsonText;
import org.gantry.runs.editing.EditResult;
import org.gantry.runs.editing.EditedSample;
import org.gantry.runs.editing.PictureEditor;
import org.gantry.runs.transfer.EditTransfer;
import org.gantry.runs.transfer.TransferSettings;
import org.gantry.runs.translation.ImagePixels;

/**
 * The files of an edit.
 *
 * @param folder receives them
 * @param made the generator's pictures
 * @param description the description within each picture
 */
record EditOutput(Path folder, DatasetField made, String description) {

  private static final int STRIP_PICTURES = 8;
  private static final int ANIMATION_PICTURES = 30;

  /** The pictures of a path along which motion and colours are estimated, as in the paper. */
  private static final int TRANSFER_PICTURES = 8;

  /**
   * Checks that the folder can be written.
   *
   * @throws InvalidInputException if it is a file, or if it cannot be written to
   */
  EditOutput requireWritable() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "--out %s: expected a folder, not a file".formatted(folder),
          "Name another folder with --out.");
    }
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    new OutputFile("--out", existing.resolve("edit.json")).requireWritable();
    return this;
  }

  /**
   * One result with its files.
   *
   * @param generated the picture of the generator
   * @param own the user's picture with the same change, in its own size
   */
  record WrittenResult(EditedSample sample, Path generated, Optional<Path> own) {

    Map<String, Object> object() {
      Map<String, Object> object =
          JsonText.object(
              "generated",
              generated.toString(),
              "cost",
              sample.cost(),
              "constraints",
              sample.constraintCost(),
              "distance",
              sample.distance(),
              "share",
              sample.share(),
              "code",
              sample.code());
      own.ifPresent(file -> object.put("edited", file.toString()));
      return object;
    }
  }

  /** Writes the ways from the picture before the edit to the best result. */
  List<Path> writePath(PictureEditor editor, EditResult result) {
    float[] from = result.start().code();
    float[] to = result.best().code();
    Path strip = folder.resolve("path.png");
    Path animation = folder.resolve("path.gif");
    ImagePixels.writeRow(editor.path(from, to, STRIP_PICTURES), made, description, strip);
    ImagePixels.writeRow(editor.path(from, to, ANIMATION_PICTURES), made, description, animation);
    return List.of(strip, animation);
  }

  /**
   * Writes the results, the best first.
   *
   * @param picture the user's own picture in its own size, to which the changes are carried
   * @param frame what the generator sees of it
   */
  List<WrittenResult> writeResults(
      PictureEditor editor,
      EditResult result,
      int most,
      Optional<ImagePixels> picture,
      PictureFrame frame) {
    List<WrittenResult> written = new ArrayList<>();
    for (EditedSample each : result.results().subList(0, Math.min(most, result.results().size()))) {
      String number = String.format(Locale.ROOT, "%02d.png", written.size() + 1);
      Path generated = folder.resolve("generated-" + number);
      ImagePixels.of(made, each.sample()).write(made, description, generated);
      Optional<Path> own = picture.map(p -> folder.resolve("edited-" + number));
      own.ifPresent(
          file ->
              EditTransfer.along(
                      editor.path(result.start().code(), each.code(), TRANSFER_PICTURES),
                      made,
                      TransferSettings.USUAL)
                  .applyTo(picture.orElseThrow(), frame)
                  .write(made, "an edit by " + description, file));
      written.add(new WrittenResult(each, generated, own));
    }
    return written;
  }

  /** Writes and returns the whole result as an object. */
  Map<String, Object> writeSummary(
      long step, EditResult result, List<WrittenResult> written, List<Path> path) {
    Map<String, Object> object =
        JsonText.object(
            "step",
            step,
            "startConstraints",
            result.start().constraintCost(),
            "startCode",
            result.start().code(),
            "path",
            path.stream().map(Path::toString).toList(),
            "results",
            written.stream().map(WrittenResult::object).toList());
    new OutputFile("--out", folder.resolve("edit.json")).write(JsonText.of(object) + "\n");
    return object;
  }

  /** Returns the results as a table, after the cost of the constraints before the edit. */
  static TextTable table(EditResult result, List<WrittenResult> written) {
    TextTable table =
        TextTable.headed(
            0,
            "picture",
            "constraints (before: %s)"
                .formatted(NumberText.figure(result.start().constraintCost())),
            "moved by",
            "cost");
    for (WrittenResult each : written) {
      table.row(
          each.own().orElse(each.generated()).toString(),
          NumberText.figure(each.sample().constraintCost()),
          NumberText.figure(each.sample().distance()),
          NumberText.figure(each.sample().cost()));
    }
    return table;
  }
}
