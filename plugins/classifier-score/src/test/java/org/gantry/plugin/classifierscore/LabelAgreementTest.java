package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.junit.jupiter.api.Test;

final class LabelAgreementTest {

  private static final DatasetField HAIR =
      DatasetField.label("hair", List.of("short", "long", "none", "other"));
  private static final DatasetField MOOD = DatasetField.label("mood", List.of("sad", "happy"));

  @Test
  void theLowestShareIgnoresClassesThatWereNotRequested() {
    Map<String, Double> figures =
        new LabelAgreement(
                List.of(new int[] {1}, new int[] {1}, new int[] {1}, new int[] {2}),
                List.of(new int[] {1, 0, 1, 2}),
                List.of(4))
            .figures("accuracy", List.of(HAIR));
    assertEquals(0.75, figures.get("accuracy"));
    assertEquals(2 / 3.0, figures.get("accuracy-min"), 1e-12);
    assertEquals(2, figures.size());
  }

  @Test
  void severalLabelsCountAlikeAndHaveSharesOfTheirOwn() {
    Map<String, Double> figures =
        new LabelAgreement(
                List.of(new int[] {1, 0}, new int[] {1, 1}),
                List.of(new int[] {1, 0}, new int[] {0, 1}),
                List.of(4, 2))
            .figures("accuracy", List.of(HAIR, MOOD));
    assertEquals(0.75, figures.get("accuracy"));
    assertEquals(0.5, figures.get("accuracy-hair"));
    assertEquals(1, figures.get("accuracy-mood"));
    assertEquals(0.5, figures.get("accuracy-min"));
  }
}
