package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.prior.Prior;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.junit.jupiter.api.Test;

/** What belongs to a sample whose input a user chose. */
@TensorTest
final class ChosenInputsTest {

  private static final Shape IMAGE = new Shape(1, 1, 1);
  private static final BoundComponent<Sampler> SAMPLER =
      new BoundComponent<>(
          SamplingRequest::make,
          new ComponentOrigin("sampler", "tried", "1.0.0", "test", List.of(), List.of(), ""));

  /** Doubles an image; the data pair the image 0.25 with 0.5, and have a style. */
  private record Doubling(NDManager manager) implements TrainedModel {

    @Override
    public Set<String> roles() {
      return Set.of("generator");
    }

    @Override
    public NDList apply(String role, NDArray... inputs) {
      return new NDList(inputs[0].mul(2));
    }

    @Override
    public List<ModelUse> uses() {
      return List.of(
          new ModelUse(
              "translation",
              DatasetField.image("image", 1, 1, 1),
              List.of(
                  new ModelInput("given", DatasetField.image("given", 1, 1, 1), true),
                  new ModelInput("style", DatasetField.image("style", 1, 1, 1), true)),
              Optional.of(new ModelInput("right", DatasetField.image("right", 1, 1, 1), true))));
    }

    @Override
    public Map<String, NDArray> drawFields(ModelUse use, int count) {
      Shape shape = new Shape(count).addAll(IMAGE);
      return Map.of(
          "given", manager.ones(shape).mul(0.25f),
          "style", manager.zeros(shape),
          "right", manager.ones(shape).mul(0.5f));
    }

    @Override
    public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
      return apply("generator", inputs.get("given")).head();
    }

    @Override
    public Prior prior() {
      throw new UnusableComponentException("a translation needs no codes");
    }

    @Override
    public Dataset dataset() {
      throw new UnusableComponentException("the fields are given");
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }
  }

  /** Gives each sample the image 0.1. */
  private record ChosenImage() implements SampleInputs {

    @Override
    public String use() {
      return "";
    }

    @Override
    public Map<String, NDArray> values(ModelUse use, int first, int count, NDManager manager) {
      return Map.of("given", manager.ones(new Shape(count).addAll(IMAGE)).mul(0.1f));
    }
  }

  @Test
  void inputOfTheDataBelongsToItsCounterpart(NDManager manager) {
    DrawnSamples drawn = draw(manager, SampleInputs.FROM_DATA);

    assertArrayEquals(new float[] {0.5f}, drawn.samples().toFloatArray());
    assertEquals(Set.of("given", "style", "right"), drawn.fields().keySet());
  }

  @Test
  void chosenInputHasNoCounterpart(NDManager manager) {
    DrawnSamples drawn = draw(manager, new ChosenImage());

    assertArrayEquals(new float[] {0.2f}, drawn.samples().toFloatArray());
    assertEquals(Set.of("given", "style"), drawn.fields().keySet());
  }

  private static DrawnSamples draw(NDManager manager, SampleInputs inputs) {
    return SampleDrawer.drawTogether(
        manager, (networks, seed) -> new Doubling(networks), SAMPLER, inputs, 1, 1);
  }
}
