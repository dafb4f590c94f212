package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.data.ByteImages;
import org.gantry.data.InMemoryImages;
import org.gantry.tensor.FloatArrays;

/** Images of 8 x 8 pixels of two classes, whose left or right half is bright. */
final class HalfImages {

  static final int SIDE = 8;
  static final List<String> NAMES = List.of("left", "right");

  private static final int COUNT = 200;

  private HalfImages() {}

  private static byte[] half(int label, int brightness) {
    byte[] values = new byte[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      boolean left = i % SIDE < SIDE / 2;
      values[i] = (byte) (left == (label == 0) ? 200 + brightness % 50 : 20);
    }
    return values;
  }

  /** Returns 200 images of both classes in turn. */
  static InMemoryImages dataset() {
    byte[] values = new byte[COUNT * SIDE * SIDE];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = i % 2;
      System.arraycopy(half(labels[i], i), 0, values, i * SIDE * SIDE, SIDE * SIDE);
    }
    return InMemoryImages.of(new ByteImages(COUNT, 1, SIDE, SIDE, values), labels, NAMES);
  }

  /** Returns an image of each of some classes, in [-1, 1]. */
  static NDArray of(NDManager manager, List<Integer> labels) {
    return FloatArrays.fill(
        manager,
        new Shape(labels.size(), 1, SIDE, SIDE),
        buffer -> {
          for (int label : labels) {
            for (byte value : half(label, 7)) {
              buffer.put((value & 0xFF) / 127.5f - 1);
            }
          }
        });
  }
}
