package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.prior.Prior;
import org.gantry.runs.RunException;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.GeneratorModel;
import org.gantry.testkit.TensorTest;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.junit.jupiter.api.Test;

@TensorTest
class SampleDrawerTest {

  @Test
  void samplesDrawnTogetherComeFromOneCall(NDManager manager) {
    List<Integer> asked = new ArrayList<>();

    SampleDrawer.drawTogether(
        manager, SampleDrawerTest::model, counting(asked), SampleInputs.FROM_DATA, 700, 1);

    assertEquals(List.of(700), asked);
  }

  @Test
  void manySamplesAreDrawnInChunksAndConcatenated(NDManager manager) {
    List<Integer> asked = new ArrayList<>();

    NDArray samples =
        SampleDrawer.drawInChunks(
                manager, SampleDrawerTest::model, counting(asked), SampleInputs.FROM_DATA, 700, 1)
            .samples();

    assertEquals(List.of(256, 256, 188), asked);
    assertEquals(new Shape(700, 2), samples.getShape());
    assertEquals(DataType.FLOAT32, samples.getDataType());
  }

  @Test
  void moreSamplesStartWithTheSameChunks(NDManager manager) {
    float[] few =
        SampleDrawer.drawInChunks(
                manager, SampleDrawerTest::model, seeds(), SampleInputs.FROM_DATA, 256, 1)
            .samples()
            .toFloatArray();
    float[] more =
        SampleDrawer.drawInChunks(
                manager, SampleDrawerTest::model, seeds(), SampleInputs.FROM_DATA, 512, 1)
            .samples()
            .toFloatArray();

    assertArrayEquals(few, Arrays.copyOf(more, few.length));
    assertEquals(2, distinct(more), "the second chunk has another seed");
  }

  @Test
  void arraysOfTheSamplerAreFreed(NDManager manager) {
    NDManager[] lent = new NDManager[1];

    NDArray samples =
        SampleDrawer.drawTogether(
                manager,
                SampleDrawerTest::model,
                bound(
                    request -> {
                      lent[0] = request.model().manager();
                      request.model().manager().zeros(new Shape(1000));
                      return request.model().manager().ones(new Shape(request.count(), 1));
                    }),
                SampleInputs.FROM_DATA,
                3,
                1)
            .samples();

    assertFalse(lent[0].isOpen());
    assertArrayEquals(new float[] {1, 1, 1}, samples.toFloatArray());
  }

  @Test
  void doublePrecisionIsRounded(NDManager manager) {
    NDArray samples =
        SampleDrawer.drawTogether(
                manager,
                SampleDrawerTest::model,
                bound(request -> request.model().manager().create(new double[] {0.1, 0.2})),
                SampleInputs.FROM_DATA,
                2,
                1)
            .samples();

    assertArrayEquals(new float[] {0.1f, 0.2f}, samples.toFloatArray());
  }

  @Test
  void aSamplerThatReturnsAnotherNumberIsNamed(NDManager manager) {
    RunException wrong =
        assertThrows(
            RunException.class,
            () ->
                SampleDrawer.drawTogether(
                    manager,
                    SampleDrawerTest::model,
                    bound(request -> request.model().manager().zeros(new Shape(4, 2))),
                    SampleInputs.FROM_DATA,
                    5,
                    1));

    assertEquals(
        "sampler/tried returned an array of shape (4, 2) for 5 samples", wrong.getMessage());
  }

  private static BoundComponent<Sampler> counting(List<Integer> asked) {
    return bound(
        request -> {
          asked.add(request.count());
          return request.model().manager().zeros(new Shape(request.count(), 2));
        });
  }

  /** Samples that are all equal to a number derived from the seed. */
  private static BoundComponent<Sampler> seeds() {
    return bound(
        request ->
            request
                .model()
                .manager()
                .zeros(new Shape(request.count(), 1))
                .add(request.model().randomStreams().at("codes").nextFloat()));
  }

  private static long distinct(float[] values) {
    List<Float> all = new ArrayList<>();
    for (float value : values) {
      all.add(value);
    }
    return all.stream().distinct().count();
  }

  private static BoundComponent<Sampler> bound(Sampler sampler) {
    return new BoundComponent<>(
        sampler,
        new ComponentOrigin("sampler", "tried", "1.0.0", "testkit", List.of(), List.of(), ""));
  }

  /** Networks for samplers that only need memory and a seed. */
  private static TrainedModel model(NDManager manager, long seed) {
    return new GeneratorModel(manager, new NoPrior(), new RandomStreams(seed), codes -> codes);
  }

  /** A prior that no sampler of this test asks for codes. */
  private static final class NoPrior implements Prior {

    @Override
    public Shape shape() {
      return new Shape(1);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      throw new UnsupportedOperationException();
    }
  }
}
