package org.gantry.plugin.codepredictor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.Consumer;
import org.gantry.component.UnusableComponentException;
import org.gantry.plugin.codepredictor.CodeSearchSampler.Start;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.Session;
import org.junit.jupiter.api.Test;

/** Searches through the untrained networks of a small code predictor. */
@TensorTest
final class CodeSearchSamplerTest implements ComponentContract {

  private static final int COUNT = 2;

  @Override
  public Object createComponent() {
    return sampler(Start.RANDOM, 2, 0);
  }

  private static CodeSearchSampler sampler(Start start, int steps, int hole) {
    return new CodeSearchSampler(new CodeSearchSampler.Options(start, steps, 1, .1, hole));
  }

  private static void withModel(NDManager manager, Consumer<TrainedModel> test) {
    boolean recording = Autograd.setRecording(false);
    try (Session session = Session.open(CodePredictorTopologyTest.graph())) {
      test.accept(session.trainedModel(manager, 5));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static ModelUse projection(TrainedModel model) {
    return model.uses().get(2);
  }

  private static float[] project(TrainedModel model, Sampler sampler, NDArray images) {
    Map<String, NDArray> given = Map.of(projection(model).inputs().get(0).name(), images);
    return sampler
        .sample(new SamplingRequest(model, projection(model), COUNT, given, SamplingProgress.NONE))
        .toFloatArray();
  }

  private static NDArray images(TrainedModel model) {
    Shape shape = projection(model).output().shape();
    return model.manager().randomNormal(new Shape(COUNT).addAll(shape)).mul(.5f);
  }

  private static double distance(float[] projected, NDArray images) {
    float[] wanted = images.toFloatArray();
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      sum += Math.pow(projected[i] - wanted[i], 2);
    }
    return sum;
  }

  @Test
  void aSearchComesCloserThanThePrediction(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          double predicted =
              distance(project(model, sampler(Start.PREDICTED, 0, 0), images), images);
          double both = distance(project(model, sampler(Start.PREDICTED, 40, 0), images), images);
          double alone = distance(project(model, sampler(Start.RANDOM, 40, 0), images), images);
          assertTrue(both < predicted, both + " is not below " + predicted);
          assertTrue(alone < predicted, alone + " is not below " + predicted);
        });
  }

  @Test
  void withoutStepsAProjectionIsThatOfThePredictedCode(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          String input = projection(model).inputs().get(0).name();
          assertArrayEquals(
              model.make(projection(model), Map.of(input, images)).toFloatArray(),
              project(model, sampler(Start.PREDICTED, 0, 0), images),
              1e-5f);
        });
  }

  @Test
  void whatLiesInAHoleIsNeitherReadNorKept(NDManager manager) {
    withModel(
        manager,
        model -> {
          Shape shape = projection(model).output().shape();
          int width = Math.toIntExact(shape.get(2));
          int middle = Math.toIntExact(shape.get(1)) / 2 * width + width / 2;
          float[] values = images(model).toFloatArray();
          float[] other = values.clone();
          other[middle] += 3;
          CodeSearchSampler sampler = sampler(Start.RANDOM, 5, 2);
          float[] filled = project(model, sampler, array(model, values));

          assertArrayEquals(filled, project(model, sampler, array(model, other)));
          assertEquals(values[0], filled[0]);
          assertNotEquals(values[middle], filled[middle]);
        });
  }

  private static NDArray array(TrainedModel model, float[] values) {
    return model
        .manager()
        .create(values, new Shape(COUNT).addAll(projection(model).output().shape()));
  }

  @Test
  void samplesOfCodesAreMadeWithoutASearch(NDManager manager) {
    withModel(
        manager,
        model -> {
          SamplingRequest request =
              new SamplingRequest(
                  model, model.uses().get(0), COUNT, Map.of(), SamplingProgress.NONE);
          assertArrayEquals(
              request.make().toFloatArray(),
              sampler(Start.PREDICTED, 5, 0).sample(request).toFloatArray());
        });
  }

  @Test
  void aHoleLeavesSomethingOfTheImage(NDManager manager) {
    withModel(
        manager,
        model ->
            assertThrows(
                UnusableComponentException.class,
                () -> project(model, sampler(Start.RANDOM, 5, 1000), images(model))));
  }

  @Test
  void noStepsNeedAPredictedCode() {
    assertThrows(UnusableComponentException.class, () -> sampler(Start.RANDOM, 0, 0));
  }
}
