package org.gantry.cli.runs;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;

/**
 * Reads the pictures of an argument in the size of a field.
 *
 * @param field the field, whose shape is (channels, height, width)
 * @param services creates the data set
 * @param notes receives what the user should know about the pictures
 */
record GivenPictures(DatasetField field, CommandServices services, Consumer<String> notes) {

  /**
   * Reads the pictures.
   *
   * @param name the name in the argument, for messages
   * @param text a picture, a folder, or another source that the data set reads
   * @return at least one picture, with values in the range of the field
   * @throws org.gantry.cli.console.InvalidInputException if none of its pictures can be read
   */
  List<float[]> read(String name, String text) {
    String argument = "--given %s=%s".formatted(name, text);
    UserPictures source = new UserPictures(argument, field, services);
    IndexedDataset pictures =
        source.open(source.path(text), field.shape().get(1), field.shape().get(2));
    noteSizes(argument, pictures);
    return IntStream.range(0, pictures.size()).mapToObj(i -> source.read(pictures, i)).toList();
  }

  private void noteSizes(String argument, Dataset pictures) {
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
