package org.gantry.plugin.sampledistance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.InMemoryImages;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class NearestRealTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new NearestReal(new NearestReal.Options(500, 5000));
  }

  /** Samples of two pixels next to three images: black, black and white, and white. */
  private record TwoPixels(NDManager manager, Dataset dataset, FloatBuffer values)
      implements EvaluationContext {

    static Map<String, Double> evaluate(NDManager manager, float... values) {
      byte white = (byte) 255;
      Dataset data =
          InMemoryImages.of(new ByteImages(3, 1, 1, 2, new byte[] {0, 0, 0, white, white, white}));
      return new NearestReal(new NearestReal.Options(500, 5000))
          .evaluate(new TwoPixels(manager, data, FloatBuffer.wrap(values)));
    }

    @Override
    public int sampleCount() {
      return values.limit() / 2;
    }

    @Override
    public NDArray samples() {
      return manager.create(values.array(), new Shape(sampleCount(), 1, 1, 2));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(0);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  @Test
  void copiesOfTheDataAreAtDistanceZero(NDManager manager) {
    assertEquals(0, TwoPixels.evaluate(manager, 1, 1, -1, 1).get("nearest-real"), 1e-6);
  }

  @Test
  void theDistanceIsThatToTheNearestImage(NDManager manager) {
    assertEquals((5 + 1) / 2.0, TwoPixels.evaluate(manager, 4, 5, -1, 0).get("nearest-real"), 1e-6);
  }

  @Test
  void realSamplesAreComparedWithTheOthers(NDManager manager) {
    assertEquals(2, TwoPixels.evaluate(manager, 0, 0).get("nearest-real-real"), 1e-6);
  }
}
