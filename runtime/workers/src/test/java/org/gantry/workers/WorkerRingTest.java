package org.gantry.workers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.gantry.training.WorkerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Means, swaps and failures of workers that are threads of one process. */
final class WorkerRingTest {

  private static final WaitLimits PATIENT = WaitLimits.usual(notice -> {});

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void allWorkersGetTheSameBitsOfTheMean(int size) {
    for (int count : new int[] {0, 1, 4, 1003, 300_000}) {
      float[][] values =
          IntStream.range(0, size).mapToObj(r -> random(r, count)).toArray(float[][]::new);
      List<float[]> means =
          RingOfThreads.run(
              size,
              PATIENT,
              ring -> {
                float[] own = values[ring.rank()].clone();
                ring.average(FloatBuffer.wrap(own));
                return own;
              });
      float[] expected = new float[count];
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (float[] one : values) {
          sum += one[i];
        }
        expected[i] = (float) (sum / size);
      }
      means.forEach(mean -> assertArrayEquals(means.get(0), mean));
      assertArrayEquals(expected, means.get(0), 1e-6f);
    }
  }

  @Test
  void onlyTheValuesBetweenPositionAndLimitAreReplaced() {
    List<float[]> means =
        RingOfThreads.run(
            2,
            PATIENT,
            ring -> {
              float[] own = {7, ring.rank(), 7};
              FloatBuffer buffer = FloatBuffer.wrap(own).position(1).limit(2);
              ring.average(buffer);
              assertEquals(1, buffer.position());
              return own;
            });
    assertArrayEquals(new float[] {7, 0.5f, 7}, means.get(1));
  }

  @Test
  void rotatedValuesComeFromThePreviousWorker() {
    List<Float> received =
        RingOfThreads.run(
            3,
            PATIENT,
            ring -> {
              float[] own = {ring.rank()};
              ring.rotate(FloatBuffer.wrap(own));
              return own[0];
            });
    assertEquals(List.of(2f, 0f, 1f), received);
  }

  @Test
  void aWorkerSendsTwiceTheValuesExceptItsOwnPart() {
    int count = 999;
    List<Long> sent =
        RingOfThreads.run(
            3,
            PATIENT,
            ring -> {
              ring.average(FloatBuffer.allocate(count));
              return ring.sentBytes();
            });
    // Three more values carry the speeds of the workers.
    assertEquals(2L * 2 * (count + 3) / 3 * Float.BYTES, sent.get(0));
  }

  @Test
  void everyWorkerLearnsWhyOneEnded() {
    List<String> reasons =
        RingOfThreads.run(
            4,
            PATIENT,
            ring -> {
              ring.average(FloatBuffer.allocate(10));
              if (ring.rank() == 2) {
                ring.close("the training diverged");
                return "";
              }
              WorkerException end =
                  assertThrows(
                      WorkerException.class, () -> ring.average(FloatBuffer.allocate(100_000)));
              assertTrue(end.isAnnounced());
              return end.getMessage();
            });
    assertEquals(
        List.of("the training diverged", "the training diverged", "", "the training diverged"),
        reasons);
  }

  @Test
  void aWorkerThatNeverAnswersIsLostAfterTheLimit() {
    ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
    WaitLimits impatient =
        new WaitLimits(Duration.ofMillis(20), Duration.ofMillis(200), notices::add);
    CountDownLatch done = new CountDownLatch(1);
    List<String> messages =
        RingOfThreads.run(
            2,
            impatient,
            ring -> {
              if (ring.rank() == 1) {
                awaitDone(done);
                return "";
              }
              try {
                WorkerException lost =
                    assertThrows(
                        WorkerException.class, () -> ring.average(FloatBuffer.allocate(1)));
                assertFalse(lost.isAnnounced());
                return lost.getMessage();
              } finally {
                done.countDown();
              }
            });
    assertEquals("worker 1 is lost: it has sent nothing for 200 ms", messages.get(0));
    assertTrue(notices.peek().startsWith("waiting for worker 1 for "), notices.toString());
  }

  private static void awaitDone(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workersWithDifferentNumbersOfValuesEndWithAClearError() {
    List<String> messages =
        RingOfThreads.run(
            2,
            PATIENT,
            ring ->
                assertThrows(
                        WorkerException.class,
                        () -> ring.average(FloatBuffer.allocate(10 + 4 * ring.rank())))
                    .getMessage());
    assertTrue(messages.get(0).contains("all workers need the same recipe"), messages.toString());
  }

  private static float[] random(int seed, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(i * 12.9898 + seed * 78.233);
    }
    return values;
  }
}
