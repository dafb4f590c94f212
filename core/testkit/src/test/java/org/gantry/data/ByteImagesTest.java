package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ByteImagesTest {

  private static final ByteImages TWO_BY_TWO =
      new ByteImages(2, 1, 2, 2, new byte[] {0, (byte) 255, 51, 102, 1, 2, 3, 5});

  private static float[] read(ByteImages images, int image) {
    FloatBuffer into = FloatBuffer.allocate(images.field("image").length());
    images.read(image, into);
    return into.array();
  }

  @Test
  void blackIsMinusOneAndWhiteIsOne() {
    assertArrayEquals(new float[] {-1, 1, -0.6f, -0.2f}, read(TWO_BY_TWO, 0), 1e-6f);
  }

  @Test
  void paddingPutsTheImageInTheMiddle() {
    ByteImages padded = TWO_BY_TWO.pad(4, 7);
    assertEquals(new Shape(1, 4, 4), padded.field("image").shape());
    assertEquals(7, padded.value(1, 0, 0, 0));
    assertEquals(1, padded.value(1, 0, 1, 1));
    assertEquals(5, padded.value(1, 0, 2, 2));
    assertEquals(7, padded.value(1, 0, 3, 3));
  }

  @Test
  void shrinkingTakesTheMeanOfEverySquare() {
    ByteImages colour =
        new ByteImages(
            1, 2, 2, 4, new byte[] {1, 2, 10, 10, 3, 4, 10, 11, 0, 0, 0, 0, 0, 0, 0, (byte) 200});
    ByteImages small = colour.shrink(2);
    assertEquals(new Shape(2, 1, 2), small.field("image").shape());
    assertEquals(3, small.value(0, 0, 0, 0));
    assertEquals(10, small.value(0, 0, 0, 1));
    assertEquals(0, small.value(0, 1, 0, 0));
    assertEquals(50, small.value(0, 1, 0, 1));
  }

  @Test
  void enlargingRepeatsEveryPixel() {
    ByteImages large = TWO_BY_TWO.enlarge(3);
    assertEquals(new Shape(1, 6, 6), large.field("image").shape());
    assertEquals(1, large.value(1, 0, 2, 2));
    assertEquals(2, large.value(1, 0, 2, 3));
    assertEquals(3, large.value(1, 0, 3, 2));
    assertEquals(5, large.value(1, 0, 5, 5));
  }

  @Test
  void selectingKeepsTheOrderOfTheIndices() {
    ByteImages swapped = TWO_BY_TWO.select(new int[] {1, 0});
    assertEquals(1, swapped.value(0, 0, 0, 0));
    assertEquals(102, swapped.value(1, 0, 1, 1));
  }

  @Test
  void deferredValuesAreComputedOnceAndOnlyForAReader() {
    AtomicInteger computations = new AtomicInteger();
    ByteImages images =
        ByteImages.deferred(
            2,
            1,
            1,
            2,
            () -> {
              computations.incrementAndGet();
              return new byte[] {1, 2, 3, 4};
            });
    ByteImages large = images.select(new int[] {1}).pad(2, 9).enlarge(2);
    assertEquals(new Shape(1, 4, 4), large.field("image").shape());
    assertEquals(1, large.count());
    assertEquals(0, computations.get());
    assertEquals(3, large.value(0, 0, 0, 0));
    assertEquals(2, images.value(0, 0, 0, 1));
    assertEquals(1, computations.get());
  }

  @Test
  void aFailedComputationIsTriedAgain() {
    AtomicInteger computations = new AtomicInteger();
    ByteImages images =
        ByteImages.deferred(
            1,
            1,
            1,
            1,
            () -> {
              if (computations.incrementAndGet() == 1) {
                throw new IllegalStateException("busy");
              }
              return new byte[] {7};
            });
    assertThrows(IllegalStateException.class, () -> images.value(0, 0, 0, 0));
    assertEquals(7, images.value(0, 0, 0, 0));
  }

  @Test
  void deferredValuesThatDoNotFillTheSizesAreRefused() {
    ByteImages images = ByteImages.deferred(1, 1, 2, 2, () -> new byte[3]);
    assertEquals(
        "expected 4 values, found 3",
        assertThrows(IllegalStateException.class, () -> read(images, 0)).getMessage());
  }

  @Test
  void valuesThatDoNotFillTheSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ByteImages(1, 1, 2, 2, new byte[3]));
  }
}
