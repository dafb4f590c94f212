package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gantry.component.UnusableComponentException;
import org.junit.jupiter.api.Test;

final class CaptionChoiceTest {

  private static final List<Boolean> RED = List.of(true, false);
  private static final List<Boolean> BLUE = List.of(false, true);

  private static final CaptionChoice CHOICE = CaptionChoice.of(List.of(RED, BLUE), 2);

  @Test
  void theCaptionWhoseWordsAreMostProbableIsFound() {
    double[] seemsRed = {0.2, 0.8, 0.9, 0.1};

    assertEquals(1, CHOICE.shareFound(List.of(RED), List.of(seemsRed), new Random(1)));
    assertEquals(0, CHOICE.shareFound(List.of(BLUE), List.of(seemsRed), new Random(1)));
  }

  @Test
  void aClassifierThatSeesNothingFindsNoCaption() {
    double[] unsure = {0.5, 0.5, 0.5, 0.5};

    assertEquals(0, CHOICE.shareFound(List.of(RED, BLUE), List.of(unsure, unsure), new Random(1)));
  }

  @Test
  void absentWordsCount() {
    List<Boolean> redAndBlue = List.of(true, true);
    CaptionChoice choice = CaptionChoice.of(List.of(RED, redAndBlue, redAndBlue), 2);
    double[] seemsRed = {0.2, 0.8, 0.9, 0.1};

    assertEquals(1, choice.shareFound(List.of(RED), List.of(seemsRed), new Random(1)));
  }

  @Test
  void frequentWordsAreNotFoundForTheirFrequency() {
    CaptionChoice choice = CaptionChoice.of(List.of(RED, RED, RED, BLUE), 2);
    double[] asInTheData = {0.25, 0.75, 0.75, 0.25};

    assertEquals(
        0, choice.shareFound(List.of(RED, BLUE), List.of(asInTheData, asInTheData), new Random(1)));
  }

  @Test
  void captionsWithoutAFrequentWordDoNotCount() {
    double[] seemsRed = {0.2, 0.8, 0.9, 0.1};

    assertEquals(
        1,
        CHOICE.shareFound(
            List.of(RED, List.of(false, false)), List.of(seemsRed, seemsRed), new Random(1)));
  }

  @Test
  void captionsThatNeverDifferAreRefused() {
    CaptionedSamples redHats = new CaptionedSamples(0, 2, Optional.empty());
    CaptionedSamples hats = new CaptionedSamples(0, 3, Optional.empty());

    assertEquals(
        "no word of the captions belongs to at least 1 images, but not to all",
        assertThrows(
                UnusableComponentException.class,
                () -> CaptionWords.of(redHats.withImages(), CaptionedSamples.CAPTION, 1))
            .getMessage());
    assertEquals(
        List.of("red"),
        CaptionWords.of(hats.withImages(), CaptionedSamples.CAPTION, 2).labels().stream()
            .map(label -> label.name())
            .toList());
  }
}
