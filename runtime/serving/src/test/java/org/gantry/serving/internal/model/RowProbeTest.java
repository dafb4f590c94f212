package org.gantry.serving.internal.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.serving.TinySource;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
class RowProbeTest {

  private static boolean independent(TinySource source) {
    try (source) {
      return RowProbe.hasIndependentRows(source, source.uses().get(0));
    }
  }

  @Test
  void rowsOfPlainNetworksMaySharePasses() {
    assertTrue(independent(TinySource.atStep(1)));
  }

  @Test
  void rowsThatDependOnTheBatchMayNot() {
    assertFalse(independent(TinySource.changed((made, codes) -> made.add(codes.mean()))));
  }

  @Test
  void networksWithRandomDrawsOfTheirOwnMayNot() {
    AtomicInteger draws = new AtomicInteger();

    assertFalse(
        independent(TinySource.changed((made, codes) -> made.add(draws.incrementAndGet()))));
  }

  @Test
  void networksThatCannotBeTriedMayNot() {
    assertFalse(
        independent(
            TinySource.changed(
                (made, codes) -> {
                  throw new IllegalStateException("no data");
                })));
  }
}
