package org.gantry.plugin.brushes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;

/** Sites of constraints for tests, and pictures that are judged there. */
final class TestSite {

  static final Path NO_FILE = Path.of("");

  private TestSite() {}

  /**
   * A site of square pictures with values in [-1, 1].
   *
   * @param file the content of every file, from 0 to 1
   */
  static ConstraintSite of(
      NDManager manager, int channels, int side, float[] before, float... file) {
    return new ConstraintSite(
        DatasetField.image(channels, side, side),
        before,
        PictureFrame.whole(side, side),
        (path, wanted) -> file,
        manager);
  }

  /** The cost of one picture with values in [-1, 1]. */
  static double cost(Constraint constraint, ConstraintSite site, float[] picture) {
    Shape shape = new Shape(1, site.channels(), site.height(), site.width());
    try (NDArray pictures = site.manager().create(picture, shape)) {
      return constraint.prepare(site).of(pictures).getFloat();
    }
  }

  /** A black picture with a white square. */
  static float[] square(int side, int left, int top, int length) {
    float[] picture = new float[side * side];
    for (int i = 0; i < picture.length; i++) {
      boolean across = i % side >= left && i % side < left + length;
      boolean down = i / side >= top && i / side < top + length;
      picture[i] = across && down ? 1 : -1;
    }
    return picture;
  }
}
