package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DatasetSplitTest {

  @Test
  void everySampleIsEitherInTrainOrInTest() {
    IntStream.range(0, 1000)
        .mapToObj(Integer::toString)
        .forEach(
            name -> {
              assertNotEquals(DatasetSplit.TRAIN.contains(name), DatasetSplit.TEST.contains(name));
              assertTrue(DatasetSplit.ALL.contains(name));
            });
  }

  @Test
  void theTestSplitIsAboutATenth() {
    long test = IntStream.range(0, 10_000).filter(i -> DatasetSplit.TEST.contains("" + i)).count();
    assertEquals(1000, (double) test, 100);
  }

  @Test
  void theSplitOfANameNeverChanges() {
    // Computed independently from SHA-256: the remainder is 2 for "1F600" and 9 for "6".
    assertTrue(DatasetSplit.TRAIN.contains("1F600"));
    assertTrue(DatasetSplit.TEST.contains("6"));
  }
}
