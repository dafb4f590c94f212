package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.junit.jupiter.api.Test;

final class RequestedLabelsTest {

  @Test
  void aCaptionRequestsTheLabelsThatItStates() {
    RequestedLabels requested =
        RequestedLabels.read(CaptionedSamples.all(), List.of(CaptionedSamples.CAPTION));
    assertEquals(List.of(CaptionedSamples.COLOUR, CaptionedSamples.HAT), requested.labels());
    assertArrayEquals(new int[] {0, 1}, requested.of(CaptionedSamples.condition("red hat")));
    assertArrayEquals(new int[] {1, 1}, requested.of(CaptionedSamples.condition("blue hat")));
  }

  @Test
  void theCaptionOfAHeldOutSampleRequestsItsLabels() {
    RequestedLabels requested =
        RequestedLabels.read(CaptionedSamples.all(), List.of(CaptionedSamples.CAPTION));
    assertArrayEquals(new int[] {1, 0}, requested.of(CaptionedSamples.condition("blue")));
  }

  @Test
  void aClassRequestsItself() {
    RequestedLabels requested =
        RequestedLabels.read(CaptionedSamples.all(), List.of(CaptionedSamples.HAT));
    assertEquals(List.of(CaptionedSamples.HAT), requested.labels());
    assertArrayEquals(new int[] {1}, requested.of(FloatBuffer.wrap(new float[] {1})));
  }

  @Test
  void aCaptionThatNoSampleHasIsRefused() {
    RequestedLabels requested =
        RequestedLabels.read(CaptionedSamples.all(), List.of(CaptionedSamples.CAPTION));
    assertEquals(
        "a sample was made for a condition that no real sample has, so its labels are unknown",
        assertThrows(
                UnusableComponentException.class,
                () -> requested.of(CaptionedSamples.condition("red")))
            .getMessage());
  }
}
