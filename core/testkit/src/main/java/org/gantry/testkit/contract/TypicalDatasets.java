package org.gantry.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.InMemoryImages;
import org.gantry.tensor.RandomStreams;

/** Data of the usual sorts, for what has to work on at least one of them. */
final class TypicalDatasets {

  /** Pictures a class. */
  private static final int OF_A_CLASS = 60;

  private TypicalDatasets() {}

  /** By what to call them: pictures of several classes, and points of a mixture. */
  static Map<String, Dataset> all() {
    Map<String, Dataset> all = new LinkedHashMap<>();
    all.put("points", new TwoGaussians());
    all.put("small pictures", images(8));
    all.put("pictures", images(32));
    return all;
  }

  /** Grey pictures of bright rows and of bright columns, labelled so, on a little noise. */
  static Dataset images(int side) {
    RandomGenerator random = new RandomStreams(4).at("pictures");
    int count = 2 * OF_A_CLASS;
    byte[] values = new byte[count * side * side];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int place = random.nextInt(side);
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          boolean ink = (labels[i] == 0 ? row : column) == place;
          values[(i * side + row) * side + column] = (byte) ((ink ? 200 : 20) + random.nextInt(30));
        }
      }
    }
    return InMemoryImages.of(
        new ByteImages(count, 1, side, side, values), labels, List.of("row", "column"));
  }
}
