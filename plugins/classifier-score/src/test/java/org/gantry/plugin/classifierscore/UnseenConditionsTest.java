package org.gantry.plugin.classifierscore;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.metric.EvaluationContext;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.GeneratorModel;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class UnseenConditionsTest {

  /** Codes that are all 3. */
  private record Threes() implements Prior {

    @Override
    public Shape shape() {
      return new Shape(2);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      into.put(3).put(3);
    }
  }

  /** Samples that are twice their code, made for captions. */
  private record TwiceTheCode(NDManager manager, Dataset dataset) implements EvaluationContext {

    @Override
    public ModelUse use() {
      DatasetField code =
          new DatasetField("latent", ValueType.CODE, new Shape(2), -1, 1, List.of());
      return new ModelUse(
          "sample",
          DatasetField.image(1, 1, 2),
          List.of(
              new ModelInput("latent", code, false),
              new ModelInput("caption", CaptionedSamples.CAPTION, true)),
          Optional.empty());
    }

    @Override
    public TrainedModel trainedModel() {
      return new GeneratorModel(manager, new Threes(), randomStreams(), codes -> codes.mul(2));
    }

    @Override
    public int sampleCount() {
      return 1;
    }

    @Override
    public NDArray samples() {
      throw new AssertionError("samples of the training's conditions are not needed");
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }

    @Override
    public Path cacheFolder() {
      return Path.of("unused");
    }
  }

  @Test
  void samplesAreMadeForTheCaptionsThatOnlyHeldOutSamplesHave(NDManager manager) {
    UnseenConditions unseen =
        UnseenConditions.samples(
                new TwiceTheCode(manager, CaptionedSamples.all()),
                CaptionedSamples.all(),
                List.of(CaptionedSamples.CAPTION))
            .orElseThrow();
    assertEquals(List.of(CaptionedSamples.condition("blue")), unseen.conditions());
    assertClose(0, unseen.samples(), 6, 6);
  }

  @Test
  void dataWithoutHeldOutSamplesHaveNoUnseenCaptions(NDManager manager) {
    CaptionedSamples all = new CaptionedSamples(0, 4, Optional.empty());
    assertTrue(
        UnseenConditions.samples(
                new TwiceTheCode(manager, all), all, List.of(CaptionedSamples.CAPTION))
            .isEmpty());
  }
}
