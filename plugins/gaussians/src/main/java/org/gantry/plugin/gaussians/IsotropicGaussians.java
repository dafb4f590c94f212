package org.gantry.plugin.gaussians;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.gantry.data.DatasetField;

/**
 * Equal, isotropic Gaussians in the plane.
 *
 * @param centres one (x, y) per mode
 * @param deviation in every direction
 */
record IsotropicGaussians(List<double[]> centres, double deviation) {

  /** Beyond this many deviations no sample of float precision lies. */
  private static final double REACH = 8;

  /** The one field, of shape (2); its range is that of the centres and eight deviations more. */
  List<DatasetField> fields() {
    double most =
        centres.stream().flatMapToDouble(DoubleStream::of).map(Math::abs).max().orElseThrow()
            + REACH * deviation;
    return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -most, most, List.of()));
  }

  /** Draws a mode, and a point of it. */
  void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    double[] centre = centres.get(random.nextInt(centres.size()));
    FloatBuffer point = into.get(DatasetField.IMAGE);
    for (double coordinate : centre) {
      point.put((float) random.nextGaussian(coordinate, deviation));
    }
  }
}
