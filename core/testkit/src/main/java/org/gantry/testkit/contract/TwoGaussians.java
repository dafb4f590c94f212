package org.gantry.testkit.contract;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;

/** Points in the plane, drawn from a mixture of two Gaussians. */
record TwoGaussians() implements SampledDataset, MixtureDataset {

  @Override
  public List<DatasetField> fields() {
    return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -4, 4, List.of()));
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    double[] centre = centres().get(random.nextInt(2));
    for (double coordinate : centre) {
      into.get(DatasetField.IMAGE)
          .put((float) random.nextGaussian(coordinate, standardDeviation()));
    }
  }

  @Override
  public List<double[]> centres() {
    return List.of(new double[] {-2, 0}, new double[] {2, 0});
  }

  @Override
  public double standardDeviation() {
    return 0.3;
  }
}
