package org.gantry.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalLong;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@TensorTest
class OutOfMemoryTest {

  private static final long GIGABYTE = 1L << 30;

  /** Allocates more than any machine has, so that the engine fails. */
  @Test
  void failedAllocationsOfTheEngineAreRecognised(NDManager manager) {
    long petabyte = 1L << 50;

    EngineException refused =
        assertThrows(EngineException.class, () -> manager.zeros(new Shape(petabyte / 4)));

    assertEquals(
        OptionalLong.of(petabyte), OutOfMemory.requestedBytes(refused), refused.getMessage());
  }

  @Test
  void failedAllocationsOfGpusAreRecognised() {
    assertEquals(
        OptionalLong.of(5 * GIGABYTE / 2),
        OutOfMemory.requestedBytes(
            new IllegalStateException(
                "failed",
                new EngineException("CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0)"))));
  }

  @Test
  void failedAllocationsOfJavaAreRecognised() {
    assertEquals(
        OptionalLong.of(5 * GIGABYTE),
        OutOfMemory.requestedBytes(
            new OutOfMemoryError(
                "Cannot reserve 5368709120 bytes of direct buffer memory (allocated: 1, limit:"
                    + " 2)")));
    assertEquals(
        "the training ran out of Java's heap after step 3, which is limited to 4.3 GB; raise"
            + " the limit with GANTRY_OPTS=-Xmx, such as GANTRY_OPTS=-Xmx8g, or set a smaller"
            + " train.batch",
        OutOfMemory.heapMessage("after step 3", 4 * GIGABYTE));
  }

  @Test
  void batchesMustFitIntoMemoryAndIntoAnArray() {
    assertEquals(80, OutOfMemory.largestBatch(10, 8, 1000));
    assertEquals(Integer.MAX_VALUE / 8, OutOfMemory.largestBatch(10, 8, 1L << 60));
    assertEquals(Integer.MAX_VALUE / 8, OutOfMemory.largestBatch(10, 8, 0));
  }

  @Test
  void otherFailuresAreNotRecognised() {
    assertTrue(OutOfMemory.requestedBytes(new EngineException("shapes differ")).isEmpty());
    assertTrue(OutOfMemory.requestedBytes(new EngineException((String) null)).isEmpty());
  }

  @Test
  void fittingBatchIsProportionalToTheAvailableMemory() {
    // 64 samples need 3 GB plus 5 GB; 3 GB plus 1 GB are available, which is half.
    assertEquals(25, OutOfMemory.fittingBatch(64, 5 * GIGABYTE, 3 * GIGABYTE, GIGABYTE));
    assertEquals(32, OutOfMemory.fittingBatch(64, GIGABYTE, 3 * GIGABYTE, 9 * GIGABYTE));
    assertEquals(1, OutOfMemory.fittingBatch(64, 1000 * GIGABYTE, 0, 0));
    assertEquals(1, OutOfMemory.fittingBatch(64, GIGABYTE, -GIGABYTE, 0));
  }

  @Test
  void messagesSayWhichBatchToSet() {
    assertEquals(
        "the training ran out of memory after step 3: with a batch of 64 the engine asked for"
            + " another 5.4 GB; set train.batch to 25, which should fit",
        OutOfMemory.engineMessage("after step 3", 64, 5 * GIGABYTE, 3 * GIGABYTE, GIGABYTE));
    assertEquals(
        "the training ran out of memory at its start: with a batch of 1 the engine asked for"
            + " another 8 MB; a smaller batch is not possible, so use smaller networks or"
            + " samples",
        OutOfMemory.engineMessage("at its start", 1, 8_000_000, 0, 0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryOfThisProcessIsKnown() {
    assertTrue(OutOfMemory.residentBytes() > 1 << 20);
    assertTrue(OutOfMemory.availableBytes() > 0);
  }
}
