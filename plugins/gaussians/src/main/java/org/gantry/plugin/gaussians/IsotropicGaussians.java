package org.gantry.plugin.gaussians;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;

/**
 * A mixture of equal, isotropic Gaussians in the plane. The label of a point is the number of its
 * mode.
 */
abstract class IsotropicGaussians implements SampledDataset, MixtureDataset {

  /** No float sample lies further from its centre, in standard deviations. */
  private static final double REACH = 8;

  private final List<double[]> centres;
  private final double deviation;

  /**
   * Creates the mixture.
   *
   * @param centres the coordinates (x, y) of each mode
   * @param deviation the standard deviation in every direction
   */
  IsotropicGaussians(List<double[]> centres, double deviation) {
    this.centres = centres;
    this.deviation = deviation;
  }

  /** A point of shape (2), whose range extends eight standard deviations beyond the centres. */
  @Override
  public final List<DatasetField> fields() {
    double limit =
        centres.stream().flatMapToDouble(DoubleStream::of).map(Math::abs).max().orElseThrow()
            + REACH * deviation;
    return List.of(
        new DatasetField(DatasetField.IMAGE, new Shape(2), -limit, limit, List.of()),
        DatasetField.label(
            IntStream.range(0, centres.size()).mapToObj(Integer::toString).toList()));
  }

  /** Draws a mode and a point of it. */
  @Override
  public final void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    int mode = random.nextInt(centres.size());
    into.get(DatasetField.LABEL).put(mode);
    FloatBuffer point = into.get(DatasetField.IMAGE);
    for (double coordinate : centres.get(mode)) {
      point.put((float) random.nextGaussian(coordinate, deviation));
    }
  }

  @Override
  public final List<double[]> centres() {
    return centres;
  }

  @Override
  public final double standardDeviation() {
    return deviation;
  }
}
