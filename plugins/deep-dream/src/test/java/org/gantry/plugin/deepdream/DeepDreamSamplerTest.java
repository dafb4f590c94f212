package org.gantry.plugin.deepdream;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.Consumer;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.topology.Topology;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.junit.jupiter.api.Test;

/** Dreams of the untrained encoder of a small game. */
@TensorTest
final class DeepDreamSamplerTest implements ComponentContract {

  private static final int COUNT = 2;

  /** An encoder that learns nothing of interest, and the image that it sees. */
  private static final class SeenImage implements Topology {

    @Override
    public void wire(Graph graph) {
      Signal image = graph.real(DatasetField.IMAGE);
      Signal latent = graph.latent("latent");
      Signal code =
          graph
              .network("encoder", ComponentKind.ENCODER)
              .takes(DatasetField.IMAGE, image)
              .gives("latent", latent)
              .apply(image)
              .get("latent");
      graph.minimise("encoder", "size", 1, graph.map("size", c -> c.square().mean(), code));
      graph.use("code", code);
      graph.use(DatasetField.IMAGE, image);
    }
  }

  @Override
  public Object createComponent() {
    return sampler("code", -1, 2, 2);
  }

  private static DeepDreamSampler sampler(String feature, int value, int steps, int octaves) {
    return new DeepDreamSampler(new DeepDreamSampler.Options(feature, value, steps, octaves, .03));
  }

  private static void withModel(NDManager manager, Consumer<TrainedModel> test) {
    boolean recording = Autograd.setRecording(false);
    try (Session session =
        Session.open(
            TopologyGame.build(
                new SeenImage(), Map.of(Composition.MAIN_DRAW, new ObligingDataset())))) {
      test.accept(session.trainedModel(manager, 5));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static NDArray images(TrainedModel model) {
    Shape shape = model.uses().get(1).output().shape();
    return model.manager().randomUniform(-.5f, .5f, new Shape(COUNT).addAll(shape));
  }

  private static NDArray dream(TrainedModel model, DeepDreamSampler sampler, NDArray images) {
    ModelUse seen = model.uses().get(1);
    return sampler.sample(
        new SamplingRequest(
            model,
            seen,
            COUNT,
            Map.of(seen.inputs().get(0).name(), images),
            SamplingProgress.NONE));
  }

  private static NDArray code(TrainedModel model, NDArray images) {
    ModelUse use = model.uses().get(0);
    return model.make(use, Map.of(use.inputs().get(0).name(), images));
  }

  @Test
  void theNetworkSeesMoreOfItsFeatures(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          float before = code(model, images).square().mean().getFloat();
          NDArray dreamed = dream(model, sampler("code", -1, 6, 2), images);
          float after = code(model, dreamed).square().mean().getFloat();
          assertTrue(after > 1.2 * before, before + " became " + after);
        });
  }

  @Test
  void oneValueOfTheFeaturesGrows(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          NDArray dreamed = dream(model, sampler("code", 1, 6, 1), images);
          float before = code(model, images).get(":, 1").min().getFloat();
          float after = code(model, dreamed).get(":, 1").min().getFloat();
          assertTrue(after > before, before + " became " + after);
        });
  }

  @Test
  void pixelsStayInTheRangeOfTheData(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray dreamed = dream(model, sampler("code", -1, 60, 1), images(model));
          assertTrue(dreamed.max().getFloat() <= 1 && dreamed.min().getFloat() >= -1);
        });
  }

  @Test
  void withoutStepsImagesStayAsTheyAre(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          assertArrayEquals(
              images.toFloatArray(),
              dream(model, sampler("code", -1, 0, 3), images).toFloatArray());
        });
  }

  @Test
  void anUnknownFeatureOrValueIsRefused(NDManager manager) {
    withModel(
        manager,
        model -> {
          NDArray images = images(model);
          UnusableComponentException feature =
              assertThrows(
                  UnusableComponentException.class,
                  () -> dream(model, sampler("classes", -1, 1, 1), images));
          UnusableComponentException value =
              assertThrows(
                  UnusableComponentException.class,
                  () -> dream(model, sampler("code", 10_000, 1, 1), images));
          assertTrue(feature.getMessage().contains("it has [code, image]"), feature.getMessage());
          assertTrue(value.getMessage().contains("10000 is too large"), value.getMessage());
        });
  }

  @Test
  void whatGrowsIsTheMeanSquareOrOneValue(NDManager manager) {
    NDArray values = manager.create(new double[] {1, 2, 3, 4}, new Shape(2, 2));

    assertClose(1e-9, sampler("code", -1, 1, 1).growing(values), 2.5, 12.5);
    assertClose(1e-9, sampler("code", 1, 1, 1).growing(values), 2, 4);
    assertDifferentiable(
        manager,
        x -> sampler("code", -1, 1, 1).growing(x.reshape(2, 2)).sum(),
        new double[] {.3, -.5, .2, 1});
  }

  @Test
  void squaresAtTheEdgeAreSmaller() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    SquareMeans.average(values, new Shape(1, 1, 3, 3), 2);

    assertArrayEquals(new float[] {3, 3, 4.5f, 3, 3, 4.5f, 7.5f, 7.5f, 9}, values);
  }
}
