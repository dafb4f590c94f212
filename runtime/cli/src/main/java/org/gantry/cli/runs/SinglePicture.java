package org.gantry.cli.runs;

import java.nio.file.Path;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.UserPictures;

/**
 * One picture that an argument names.
 *
 * @param source reads it
 * @param path the file
 * @param data the picture in the size of the field of the source, cropped and scaled
 * @param width its own width in pixels
 * @param height its own height in pixels
 */
record SinglePicture(UserPictures source, Path path, IndexedDataset data, int width, int height) {

  /**
   * Opens a picture.
   *
   * @param argument the argument with its value, for messages
   * @param text the file
   * @param field what the picture becomes: its size, its channels and its range
   * @throws InvalidInputException if the file cannot be read, or is not just one picture
   */
  static SinglePicture open(
      String argument, String text, DatasetField field, CommandServices services) {
    UserPictures source = new UserPictures(argument, field, services.recipes());
    Path path = source.path(text);
    IndexedDataset data = source.open(path, field.shape().get(1), field.shape().get(2));
    if (data.size() != 1 || !(data instanceof FileDataset files)) {
      throw new InvalidInputException(
          "%s: expected one picture, not %d".formatted(argument, data.size()),
          "Name a file, such as a PNG.");
    }
    FoundPicture found = files.inventory().pictures().get(0);
    return new SinglePicture(source, path, data, found.width(), found.height());
  }

  /** Returns the values in the size of the field, cropped and scaled. */
  float[] values() {
    return source.read(data, 0);
  }

  /** Returns the picture in its own size. */
  ImagePixels ownSize() {
    return source.readWhole(path.toString());
  }
}
