package org.gantry.plugin.gaussians;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;

/** A mixture of equal, isotropic Gaussians in the plane. */
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

  /** One field of shape (2). Its range extends eight standard deviations beyond the centres. */
  @Override
  public final List<DatasetField> fields() {
    double limit =
        centres.stream().flatMapToDouble(DoubleStream::of).map(Math::abs).max().orElseThrow()
            + REACH * deviation;
    return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -limit, limit, List.of()));
  }

  /** Draws a mode and a point of it. */
  @Override
  public final void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    double[] centre = centres.get(random.nextInt(centres.size()));
    FloatBuffer point = into.get(DatasetField.IMAGE);
    for (double coordinate : centre) {
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
