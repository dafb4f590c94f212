package org.gantry.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.InMemoryImages;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.CompositionException;

/** Typical data sets. A component should work on at least one of them. */
final class TypicalDatasets {

  private static final int IMAGES_PER_CLASS = 60;

  private TypicalDatasets() {}

  /** Returns points of a mixture and labelled images of two sizes, by name. */
  static Map<String, Dataset> all() {
    Map<String, Dataset> all = new LinkedHashMap<>();
    all.put("points", new TwoGaussians());
    all.put("small images", images(8));
    all.put("images", images(32));
    return all;
  }

  /**
   * Returns the first data set that a component supports.
   *
   * @param build builds a graph with the component on a data set
   * @throws NotApplicableException if the component supports none of the data sets
   */
  static Dataset firstSupported(Consumer<Dataset> build) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Dataset> data : all().entrySet()) {
      try {
        build.accept(data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), AdaptiveGame.reasonOf(e));
      }
    }
    throw new NotApplicableException("it supports none of the typical data: " + refusals);
  }

  /**
   * Creates grey images of one bright row or column with a little noise, labelled by which it is.
   */
  static Dataset images(int side) {
    RandomGenerator random = new RandomStreams(4).at("pictures");
    int count = 2 * IMAGES_PER_CLASS;
    byte[] values = new byte[count * side * side];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int position = random.nextInt(side);
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          boolean bright = (labels[i] == 0 ? row : column) == position;
          values[(i * side + row) * side + column] =
              (byte) ((bright ? 200 : 20) + random.nextInt(30));
        }
      }
    }
    return InMemoryImages.of(
        new ByteImages(count, 1, side, side, values), labels, List.of("row", "column"));
  }
}
