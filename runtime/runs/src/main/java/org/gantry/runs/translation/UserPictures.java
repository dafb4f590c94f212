package org.gantry.runs.translation;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.samples.UnusableInputException;

/**
 * Pictures that an argument names, which the data set {@code image-folder} reads.
 *
 * @param argument the argument with its value, for messages
 * @param field what the pictures become: its channels and its range count
 * @param recipes creates the data set
 */
public record UserPictures(String argument, DatasetField field, Recipes recipes) {

  /** The longest side that the data set {@code image-folder} reads. */
  private static final int LONGEST_SIDE = 8192;

  private static final String FIX =
      "Name a picture, such as a PNG or JPEG, or a folder of pictures.";

  /**
   * Returns the path of a text.
   *
   * @throws UnusableInputException if there is no such file or folder
   */
  public Path path(String text) {
    if (text.isBlank()) {
      throw refused("expected a picture or a folder", null);
    }
    Path path;
    try {
      path = UserPaths.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw refused(UserPaths.reason(e), e);
    }
    if (!Files.exists(path)) {
      throw refused("this file does not exist", null);
    }
    return path;
  }

  /**
   * Opens pictures in one size, to which those of another size are cropped and scaled.
   *
   * @param path a picture, a folder, or another source that the data set reads
   * @throws UnusableInputException if none of its pictures can be read
   */
  public IndexedDataset open(Path path, long height, long width) {
    return open(path, height, width, field.shape().get(0) == 1 ? "grey" : "rgb");
  }

  private IndexedDataset open(Path path, long height, long width, String channels) {
    try {
      return (IndexedDataset)
          recipes.create(
              "data",
              "image-folder",
              List.of(
                  new Change("path", JsonText.of(path.toString())),
                  new Change("size", Long.toString(height)),
                  new Change("width", Long.toString(width)),
                  new Change("channels", channels)),
              Dataset.class);
    } catch (RecipeException e) {
      Optional<UnusableComponentException> refusal =
          e.problems().stream()
              .map(InputProblem::cause)
              .flatMap(Optional::stream)
              .flatMap(cause -> ErrorText.find(cause, UnusableComponentException.class).stream())
              .findFirst();
      // Only files are wrong here; anything else, such as a missing plugin, has a fix of its own.
      throw refusal.isEmpty() ? e : refused(reason(refusal.get()), refusal.get());
    }
  }

  /**
   * Reads one picture in its own size.
   *
   * @param text names the picture
   * @return values in the range of the field, with its channels
   * @throws UnusableInputException if there is no such picture, or it cannot be decoded
   */
  public ImagePixels readWhole(String text) {
    return readOne(text, field.shape().get(0) == 1 ? "grey" : "rgb");
  }

  /**
   * Reads how opaque one picture is, in its own size.
   *
   * @param text names the picture
   * @return one channel with values in the range of the field; its end where the picture is opaque
   * @throws UnusableInputException if there is no such picture, or it cannot be decoded
   */
  public ImagePixels readOpacity(String text) {
    return readOne(text, "alpha");
  }

  private ImagePixels readOne(String text, String channels) {
    try {
      return readOne(path(text), channels);
    } catch (UnusableInputException e) {
      throw e.withFix("Name one picture, such as a PNG or JPEG.");
    }
  }

  private ImagePixels readOne(Path path, String channels) {
    if (!(open(path, 1, 1, channels) instanceof FileDataset files)
        || Files.isDirectory(path)
        || files.inventory().pictures().size() != 1) {
      throw refused("expected one picture, not several", null);
    }
    FoundPicture found = files.inventory().pictures().get(0);
    if (Math.max(found.width(), found.height()) > LONGEST_SIDE) {
      throw refused(
          "the picture has %d x %d pixels, and its sides can be at most %d"
              .formatted(found.width(), found.height(), LONGEST_SIDE),
          null);
    }
    float[] values = read(open(path, found.height(), found.width(), channels), 0);
    int planes = values.length / (found.height() * found.width());
    return new ImagePixels(planes, found.height(), found.width(), values);
  }

  /** The reason without the advice after it, which names options of a recipe. */
  private static String reason(UnusableComponentException refusal) {
    return refusal.getMessage().replaceFirst("; (set|name|repair) .*$", "");
  }

  /**
   * Reads one of the pictures.
   *
   * @return values in the range of the field
   * @throws UnusableInputException if the picture cannot be decoded
   */
  public float[] read(IndexedDataset pictures, int index) {
    DatasetField image = pictures.field(DatasetField.IMAGE).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(image.length());
    try {
      pictures.read(index, image, into);
    } catch (UnusableComponentException e) {
      throw refused(reason(e), e);
    }
    float[] values = into.array();
    double scale = (field.high() - field.low()) / (image.high() - image.low());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (field.low() + (values[i] - image.low()) * scale);
    }
    return values;
  }

  private UnusableInputException refused(String reason, Exception cause) {
    return new UnusableInputException(argument + ": " + reason, FIX, cause);
  }
}
