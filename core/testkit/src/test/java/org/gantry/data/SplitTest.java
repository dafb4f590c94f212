package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitTest {

  @Test
  void everySampleIsInExactlyOneOfTrainAndTest() {
    IntStream.range(0, 1000)
        .mapToObj(Integer::toString)
        .forEach(
            name -> {
              assertNotEquals(DatasetSplit.TRAIN.contains(name), DatasetSplit.TEST.contains(name));
              assertTrue(DatasetSplit.ALL.contains(name));
            });
  }

  @Test
  void theTestPartIsAboutATenth() {
    long test = IntStream.range(0, 10_000).filter(i -> DatasetSplit.TEST.contains("" + i)).count();
    assertEquals(1000, (double) test, 100);
  }

  @Test
  void thePartOfANameNeverChanges() {
    // Heads of SHA-256, computed apart: "1F600" leaves 2, "6" leaves 9, on division by 10.
    assertTrue(DatasetSplit.TRAIN.contains("1F600"));
    assertTrue(DatasetSplit.TEST.contains("6"));
  }
}
