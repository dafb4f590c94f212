package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;

/**
 * Images without labels, each in four positions, labelled by the position. A network that tells the
 * positions apart has to know what the images show (arXiv:1803.07728). Square images are turned by
 * quarters; others are turned by halves and mirrored, which preserves their shape.
 */
final class TurnedImages implements IndexedDataset {

  /** The number of positions. */
  static final int POSITIONS = 4;

  /** The fewest images from which features can be learned. */
  private static final int MIN_IMAGES = 25;

  private final IndexedDataset dataset;
  private final DatasetField image;
  private final DatasetField turned;
  private final DatasetField position;
  private final boolean square;

  /**
   * Wraps a data set.
   *
   * @throws UnusableComponentException unless the data set is finite and has images
   */
  TurnedImages(Dataset dataset) {
    image =
        dataset
            .field(DatasetField.IMAGE)
            .filter(field -> field.shape().dimension() == 3)
            .orElseThrow(() -> unusable("this one has none"));
    if (!(dataset instanceof IndexedDataset indexed)) {
      throw unusable("this one is not finite");
    }
    if (indexed.size() < MIN_IMAGES) {
      throw unusable("this one has only " + indexed.size());
    }
    this.dataset = indexed;
    square = image.shape().get(1) == image.shape().get(2);
    turned =
        new DatasetField(DatasetField.IMAGE, image.shape(), image.low(), image.high(), List.of());
    position =
        DatasetField.label(
            square
                ? List.of("upright", "left", "upside-down", "right")
                : List.of("upright", "mirrored", "upside-down", "upside-down-mirrored"));
  }

  private static UnusableComponentException unusable(String reason) {
    return new UnusableComponentException(
        "the metric needs a data set of at least %d images, but %s".formatted(MIN_IMAGES, reason));
  }

  /** What the positions are, for the names of figures. */
  String positions() {
    return square ? "rotations" : "flips";
  }

  /** The number of different images. */
  int imageCount() {
    return dataset.size();
  }

  /** The indices of images in their upright position. */
  static int[] upright(int[] images) {
    return IntStream.of(images).map(i -> i * POSITIONS).toArray();
  }

  @Override
  public int size() {
    return dataset.size() * POSITIONS;
  }

  @Override
  public List<DatasetField> fields() {
    return List.of(turned, position);
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    int turns = index % POSITIONS;
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(turns);
      return;
    }
    FloatBuffer upright = FloatBuffer.allocate(image.length());
    dataset.read(index / POSITIONS, image, upright);
    turn(upright.array(), turns, into);
  }

  private void turn(float[] values, int turns, FloatBuffer into) {
    Shape shape = image.shape();
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    for (int plane = 0; plane < values.length; plane += height * width) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          into.put(values[plane + source(turns, row, column, height, width)]);
        }
      }
    }
  }

  /** The position in the upright plane of a pixel of the turned one. */
  private int source(int turns, int row, int column, int height, int width) {
    int down = height - 1 - row;
    int right = width - 1 - column;
    return switch (turns) {
      case 0 -> row * width + column;
      case 1 -> square ? column * width + down : row * width + right;
      case 2 -> down * width + right;
      default -> square ? right * width + row : down * width + column;
    };
  }
}
