package org.gantry.cli.runs;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.recipes.Recipes;
import org.gantry.runs.translation.UserPictures;

/**
 * Reads the pictures that an argument names.
 *
 * @param recipes creates the data set
 * @param notes receives what the user should know about the pictures
 */
public record GivenPictures(Recipes recipes, Consumer<String> notes) {

  /**
   * Reads the pictures in the size of a field.
   *
   * @param field the field, whose shape is (channels, height, width)
   * @param argument the argument with its value, for messages
   * @param text a picture, a folder, or another source that the data set reads
   * @return at least one picture, with values in the range of the field
   * @throws org.gantry.runs.samples.UnusableInputException if none of its pictures can be read
   */
  public List<float[]> read(DatasetField field, String argument, String text) {
    UserPictures source = new UserPictures(argument, field, recipes);
    IndexedDataset pictures =
        source.open(source.path(text), field.shape().get(1), field.shape().get(2));
    noteSizes(field, argument, pictures);
    return IntStream.range(0, pictures.size()).mapToObj(i -> source.read(pictures, i)).toList();
  }

  private void noteSizes(DatasetField field, String argument, Dataset pictures) {
    if (!(pictures instanceof FileDataset files)) {
      return;
    }
    long height = field.shape().get(1);
    long width = field.shape().get(2);
    List<FoundPicture> all = files.inventory().pictures();
    List<FoundPicture> others =
        all.stream().filter(p -> p.width() != width || p.height() != height).toList();
    if (!others.isEmpty()) {
      notes.accept(
          "%s: cropped and scaled to %d x %d: %s"
              .formatted(
                  argument,
                  width,
                  height,
                  all.size() == 1
                      ? "the picture has %d x %d"
                          .formatted(others.get(0).width(), others.get(0).height())
                      : others.size() + " of " + all.size() + " pictures"));
    }
  }
}
