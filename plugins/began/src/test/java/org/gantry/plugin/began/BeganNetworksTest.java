package org.gantry.plugin.began;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.gantry.component.UnusableComponentException;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TensorTest
final class BeganNetworksTest {

  @ParameterizedTest
  @CsvSource({"16, true", "28, true", "32, false", "64, true"})
  void imagesAreEncodedReconstructedAndGenerated(int side, boolean skips) {
    Shape image = new Shape(3, side, side);
    Shape batch = new Shape(2, 3, side, side);

    assertArrayEquals(
        new Shape[] {batch, new Shape(2, 7), batch},
        discriminator(4, 7, skips, image).getOutputShapes(new Shape[] {batch}));
    assertArrayEquals(
        new Shape[] {batch},
        generator(4, skips, image).getOutputShapes(new Shape[] {new Shape(2, 64)}));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void exportedNetworksGiveTheSameOutputs(boolean skips) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape image = new Shape(1, 16, 16);
      Block discriminator = discriminator(3, 5, skips, image);
      Block generator = generator(3, skips, image);
      NDArray images = manager.randomNormal(new Shape(2, 1, 16, 16));
      NDArray codes = manager.randomNormal(new Shape(2, 64));
      discriminator.initialize(manager, DataType.FLOAT32, images.getShape());
      generator.initialize(manager, DataType.FLOAT32, codes.getShape());

      ExportAssertions.assertSameOutputs(manager, discriminator, new NDList(images));
      ExportAssertions.assertSameOutputs(manager, generator, new NDList(codes));
    }
  }

  @Test
  void theLayoutFor64PixelsHasTheExpectedParameters(NDManager manager) {
    long encoder =
        filters(3, 64)
            + 2 * filters(64, 64)
            + filters(64, 128)
            + 2 * filters(128, 128)
            + filters(128, 192)
            + 2 * filters(192, 192)
            + filters(192, 256)
            + 2 * filters(256, 256)
            + (16384 + 1) * 64;
    long plain = (64 + 1) * 4096 + 8 * filters(64, 64) + filters(64, 3);
    long skipping = plain + 3 * (filters(128, 64) - filters(64, 64));
    Shape image = new Shape(3, 64, 64);
    Shape batch = new Shape(1, 3, 64, 64);

    assertEquals(
        encoder + skipping, parameters(manager, discriminator(64, 64, true, image), batch));
    assertEquals(encoder + plain, parameters(manager, discriminator(64, 64, false, image), batch));
    assertEquals(skipping, parameters(manager, generator(64, true, image), new Shape(1, 64)));
  }

  @Test
  void pointsAreRefused() {
    assertThrows(UnusableComponentException.class, () -> discriminator(4, 7, true, new Shape(2)));
  }

  /** The number of parameters of a 3x3 convolution with biases. */
  private static long filters(long from, long to) {
    return (9 * from + 1) * to;
  }

  private static long parameters(NDManager manager, Block block, Shape input) {
    block.initialize(manager, DataType.FLOAT32, input);
    return block.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  private static Block discriminator(int width, int code, boolean skips, Shape image) {
    return new BeganAutoencoder(new BeganAutoencoder.Options(width, code, skips, 0))
        .build(StandaloneSite.discriminator(image));
  }

  private static Block generator(int width, boolean skips, Shape image) {
    return new BeganDecoder(new BeganDecoder.Options(width, skips, 0))
        .build(StandaloneSite.generator(new Shape(64), image));
  }
}
