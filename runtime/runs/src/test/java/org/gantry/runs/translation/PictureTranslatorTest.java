package org.gantry.runs.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class PictureTranslatorTest {

  private static final int SIDE = StubModel.SIDE;

  private static final DatasetField PICTURE = DatasetField.image("given", 1, SIDE, SIDE);

  private final List<Shape> shapes = new ArrayList<>();

  private static ModelUse use(long factor) {
    return new ModelUse(
        "translation",
        DatasetField.image("image", 1, factor * SIDE, factor * SIDE),
        List.of(new ModelInput("given", PICTURE, true)),
        Optional.empty());
  }

  private PictureTranslator translator(
      NDManager manager, int multiple, int largest, UnaryOperator<NDArray> network) {
    PictureTranslator translator =
        new PictureTranslator(new StubModel(manager, multiple, network, shapes), use(1), largest);
    shapes.clear();
    return translator;
  }

  private static ImagePixels ramp(int height, int width) {
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / (float) values.length;
    }
    return new ImagePixels(1, height, width, values);
  }

  private static ImagePixels one(PictureTranslator translator, ImagePixels picture) {
    return translator.translate(List.of(picture), () -> {}).get(0);
  }

  private static NDArray negative(NDArray picture) {
    return picture.neg();
  }

  private static void assertNegative(ImagePixels picture, ImagePixels result) {
    assertEquals(picture.height(), result.height());
    assertEquals(picture.width(), result.width());
    float[] right = picture.values().clone();
    for (int i = 0; i < right.length; i++) {
      right[i] = -right[i];
    }
    assertArrayEquals(right, result.values(), 1e-5f);
  }

  @Test
  void theStepIsTheSmallestThatTheNetworksTake(NDManager manager) {
    assertEquals(1, translator(manager, 1, 64, n -> n.neg()).step());
    assertEquals(8, translator(manager, 8, 64, n -> n.neg()).step());
    assertEquals(0, translator(manager, 0, 64, n -> n.neg()).step());
  }

  @Test
  void networksThatGiveAnotherSizeThanTheyTakeDoNotTakeIt(NDManager manager) {
    UnaryOperator<NDArray> cropping = n -> n.get(":, :, :16, :16").neg();
    assertEquals(0, translator(manager, 1, 64, cropping).step());
  }

  @Test
  void aLargerPictureOfAnAllowedSizeIsTranslatedAsItIs(NDManager manager) {
    PictureTranslator translator = translator(manager, 8, 64, PictureTranslatorTest::negative);
    ImagePixels picture = ramp(24, 40);
    assertFalse(translator.plan(24, 40).isPadded());
    assertNegative(picture, one(translator, picture));
    assertEquals(List.of(new Shape(1, 1, 24, 40)), shapes);
  }

  @Test
  void aPictureInBetweenIsPaddedWithItsMirrorImageAndCropped(NDManager manager) {
    List<float[]> seen = new ArrayList<>();
    PictureTranslator translator =
        translator(
            manager,
            8,
            64,
            picture -> {
              seen.add(picture.toFloatArray());
              return picture.neg();
            });
    seen.clear();
    ImagePixels picture = ramp(17, 16);
    assertTrue(translator.plan(17, 16).isPadded());
    assertNegative(picture, one(translator, picture));
    assertEquals(List.of(new Shape(1, 1, 24, 16)), shapes);
    // Three rows of padding are above: the rows 3, 2 and 1 of the picture.
    assertArrayEquals(
        Arrays.copyOfRange(picture.values(), 3 * 16, 4 * 16), Arrays.copyOf(seen.get(0), 16));
  }

  @Test
  void aPictureOfOnePixelIsPaddedToTheSizeOfTheTraining(NDManager manager) {
    PictureTranslator translator = translator(manager, 8, 64, PictureTranslatorTest::negative);
    assertNegative(ramp(1, 1), one(translator, ramp(1, 1)));
    assertEquals(List.of(new Shape(1, 1, 16, 16)), shapes);
  }

  @Test
  void networksOfOneSizeTranslateTiles(NDManager manager) {
    PictureTranslator translator = translator(manager, 0, 64, PictureTranslatorTest::negative);
    ImagePixels picture = ramp(40, 51);
    assertNegative(picture, one(translator, picture));
    assertEquals(12, translator.plan(40, 51).pieces());
    assertTrue(shapes.stream().allMatch(shape -> shape.get(2) == SIDE && shape.get(3) == SIDE));
  }

  @Test
  void aPictureBeyondTheLargestSideIsTranslatedInTilesOfAtMostThatSide(NDManager manager) {
    PictureTranslator translator = translator(manager, 8, 35, PictureTranslatorTest::negative);
    ImagePixels picture = ramp(20, 100);
    List<Integer> done = new ArrayList<>();
    ImagePixels result = translator.translate(List.of(picture), () -> done.add(1)).get(0);
    assertNegative(picture, result);
    assertEquals(translator.plan(20, 100).pieces(), done.size());
    assertTrue(done.size() > 1);
    assertTrue(shapes.stream().allMatch(new Shape(1, 1, 24, 32)::equals), shapes.toString());
  }

  @Test
  void tilesThatDifferBlendIntoEachOther(NDManager manager) {
    int[] calls = {0};
    PictureTranslator translator =
        translator(manager, 8, 32, tile -> tile.mul(0).add(calls[0]++ % 2));
    float[] row = one(translator, ramp(16, 80)).values();
    double most =
        IntStream.range(1, 80).mapToDouble(x -> Math.abs(row[x] - row[x - 1])).max().orElse(9);
    assertTrue(most > 0 && most < 0.2, "steps of up to " + most);
  }

  @Test
  void smallPicturesAreTranslatedTogetherAndStayInOrder(NDManager manager) {
    PictureTranslator translator = translator(manager, 8, 64, PictureTranslatorTest::negative);
    List<ImagePixels> pictures =
        List.of(ramp(16, 16), ramp(4, 16), ramp(24, 16), ramp(16, 5), ramp(16, 16));
    List<ImagePixels> results = translator.translate(pictures, () -> {});
    for (int i = 0; i < pictures.size(); i++) {
      assertNegative(pictures.get(i), results.get(i));
    }
    assertEquals(List.of(2L, 1L, 2L), shapes.stream().map(shape -> shape.get(0)).toList());
  }

  @Test
  void networksThatEnlargeGiveLargerResults(NDManager manager) {
    UnaryOperator<NDArray> doubling = picture -> picture.repeat(2, 2).repeat(3, 2);
    PictureTranslator translator =
        new PictureTranslator(new StubModel(manager, 8, doubling, shapes), use(2), 32);
    ImagePixels result = one(translator, ramp(3, 50));
    assertEquals(6, result.height());
    assertEquals(100, result.width());
    assertEquals(ramp(3, 50).values()[50 + 7], result.values()[3 * 100 + 15], 1e-6f);
  }

  @Test
  void onlyAUseOfOnePictureAloneIsATranslation() {
    ModelInput label = new ModelInput("label", DatasetField.label(List.of("a", "b")), true);
    ModelInput code =
        new ModelInput(
            "z", new DatasetField("z", ValueType.CODE, new Shape(3), -1, 1, List.of()), false);
    ModelInput picture = use(1).inputs().get(0);
    assertEquals(
        List.of("plain", "noisy"),
        TranslationUses.of(
                List.of(
                    named("codes", code),
                    named("plain", picture),
                    named("labelled", picture, label),
                    named("noisy", picture, code),
                    named("two", picture, picture)))
            .stream()
            .map(ModelUse::name)
            .toList());
  }

  private static ModelUse named(String name, ModelInput... inputs) {
    return new ModelUse(name, use(1).output(), List.of(inputs), Optional.empty());
  }
}
