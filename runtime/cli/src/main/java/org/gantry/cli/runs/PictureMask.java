package org.gantry.cli.runs;

import ai.djl.ndarray.types.Shape;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.search.SearchTarget;

/**
 * A picture of which a part is to be filled in.
 *
 * @param in the text of {@code --in}
 * @param mask the text of {@code --mask}
 * @param made what the networks make
 */
record PictureMask(String in, String mask, DatasetField made, CommandServices services) {

  /** Stands for the square in the middle. */
  static final String CENTRE = "centre";

  /**
   * Reads the picture and its mask.
   *
   * @throws InvalidInputException if they cannot be read, differ in size, or leave nothing to fill
   *     in or nothing to go by
   */
  SearchTarget target() {
    SinglePicture picture = SinglePicture.open("--in " + in, in, made, services);
    boolean[] filled = mask.equals(CENTRE) ? centre() : read(picture);
    float[] known = new float[made.length()];
    int pixels = filled.length;
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      known[i] = filled[i % pixels] ? 0 : 1;
      count += filled[i % pixels] ? 1 : 0;
    }
    if (count == 0 || count == known.length) {
      throw new InvalidInputException(
          "--mask %s: %s".formatted(mask, count == 0 ? "nothing is white" : "everything is white"),
          "White is what to fill in, and black is what to keep.");
    }
    return SearchTarget.partly(picture.values(), known);
  }

  /** The square in the middle, by row and column. */
  private boolean[] centre() {
    int height = Math.toIntExact(made.shape().get(1));
    int width = Math.toIntExact(made.shape().get(2));
    boolean[] filled = new boolean[height * width];
    for (int y = height / 4; y < height - height / 4; y++) {
      for (int x = width / 4; x < width - width / 4; x++) {
        filled[y * width + x] = true;
      }
    }
    return filled;
  }

  private boolean[] read(SinglePicture picture) {
    Shape shape = made.shape();
    DatasetField grey = DatasetField.image("mask", 1, shape.get(1), shape.get(2));
    SinglePicture opened = SinglePicture.open("--mask " + mask, mask, grey, services);
    if (opened.width() != picture.width() || opened.height() != picture.height()) {
      throw new InvalidInputException(
          "--mask %s: the mask has %d x %d pixels and the picture %d x %d"
              .formatted(mask, opened.width(), opened.height(), picture.width(), picture.height()),
          "Draw the mask over the picture, so that it has the same size.");
    }
    float[] values = opened.values();
    boolean[] filled = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      filled[i] = values[i] > 0;
    }
    return filled;
  }
}
