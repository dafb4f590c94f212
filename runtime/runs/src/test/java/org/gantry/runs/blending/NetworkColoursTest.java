package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gantry.data.DatasetField;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.StubModel;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class NetworkColoursTest {

  private final List<Shape> shapes = new ArrayList<>();

  private NetworkColours colours(NDManager manager, UnaryOperator<NDArray> network) {
    DatasetField field = DatasetField.image("given", 1, StubModel.SIDE, StubModel.SIDE);
    ModelUse use =
        new ModelUse(
            "translation", field, List.of(new ModelInput("given", field, true)), Optional.empty());
    PictureTranslator translator =
        new PictureTranslator(new StubModel(manager, 0, network, shapes), use, 1);
    shapes.clear();
    return new NetworkColours(translator);
  }

  /** A dark picture with a bright left half, 12 x 20 pixels. */
  private static BlendInput halves() {
    float[] mask = new float[240];
    float[] bright = new float[240];
    float[] dark = new float[240];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 20 < 10 ? 1 : 0;
    }
    Arrays.fill(bright, 0.75f);
    Arrays.fill(dark, 0.25f);
    return new BlendInput(
        new ImagePixels(1, 12, 20, bright),
        new ImagePixels(1, 12, 20, dark),
        new ImagePixels(1, 12, 20, mask));
  }

  @Test
  void theNetworkSeesThePasteInTheSizeAndTheRangeOfTheTraining(NDManager manager) {
    List<float[]> seen = new ArrayList<>();
    ImagePixels made =
        colours(
                manager,
                picture -> {
                  seen.add(picture.toFloatArray());
                  return picture.duplicate();
                })
            .colours(halves());

    assertEquals(List.of(new Shape(1, 1, 16, 16)), shapes);
    float[] last = seen.get(seen.size() - 1);
    assertEquals(0.5f, last[0], 1e-6);
    assertEquals(-0.5f, last[15], 1e-6);
    assertEquals(12, made.height());
    assertEquals(20, made.width());
    assertEquals(0.75f, made.values()[0], 1e-6);
    assertEquals(0.25f, made.values()[19], 1e-6);
  }

  @Test
  void whatTheNetworkMakesComesBackInTheRangeOfPictures(NDManager manager) {
    float[] expected = new float[240];
    Arrays.fill(expected, 0.9f);

    assertArrayEquals(
        expected,
        colours(manager, picture -> picture.mul(0).add(0.8f)).colours(halves()).values(),
        1e-6f);
  }
}
