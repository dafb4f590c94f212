package org.gantry.serving.internal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.serving.TinySource;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
class PassQueueTest {

  private static final RequestDeadline LATER = RequestDeadline.in(Duration.ofMinutes(2));

  private final List<String> passes = new CopyOnWriteArrayList<>();

  private PassQueue queue(int most) {
    return new PassQueue(
        "tiny", most, (requests, rows, seconds) -> passes.add(requests + " of " + rows));
  }

  /** Keeps the thread of a queue busy until the latch opens. */
  private static CountDownLatch occupy(PassQueue queue) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Thread occupant =
        new Thread(
            () ->
                queue.compute(
                    () -> {
                      begun.countDown();
                      try {
                        released.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return null;
                    },
                    LATER));
    occupant.setDaemon(true);
    occupant.start();
    begun.await();
    return released;
  }

  private static float[] draw(TinySource source, PassQueue queue, long seed, int count) {
    try (NDManager manager = NDManager.newBaseManager()) {
      TrainedModel model =
          new BatchedModel(source.trainedModel(manager, seed), queue, use -> true, LATER);
      ModelUse use = model.uses().get(0);
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      use.codes().forEach(code -> inputs.put(code.name(), model.drawCodes(code, count)));
      return model.make(use, inputs).toFloatArray();
    }
  }

  private static void awaitLength(PassQueue queue, int length) throws InterruptedException {
    while (queue.length() < length) {
      Thread.onSpinWait();
    }
  }

  /** A pass is reported after its requests have their answers. */
  private void awaitPasses(int count) {
    while (passes.size() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void requestsThatWaitShareOnePassAndGetTheAnswersOfTheirSeeds() throws Exception {
    try (TinySource source = TinySource.atStep(1);
        PassQueue queue = queue(100)) {
      List<float[]> alone = new ArrayList<>();
      for (int seed = 0; seed < 5; seed++) {
        alone.add(draw(source, queue, seed, seed + 1));
      }
      awaitPasses(alone.size());
      passes.clear();

      CountDownLatch released = occupy(queue);
      List<CompletableFuture<float[]>> together = new ArrayList<>();
      var threads = Executors.newCachedThreadPool();
      for (int i = 0; i < 5; i++) {
        int seed = i;
        together.add(
            CompletableFuture.supplyAsync(() -> draw(source, queue, seed, seed + 1), threads));
      }
      awaitLength(queue, 5);
      released.countDown();

      for (int seed = 0; seed < 5; seed++) {
        assertArrayEquals(alone.get(seed), together.get(seed).get(), "seed " + seed);
      }
      awaitPasses(1);
      assertEquals(List.of("5 of 15"), passes);
      threads.shutdown();
    }
  }

  @Test
  void rowsBeyondTheLimitWaitForTheNextPass() throws Exception {
    try (TinySource source = TinySource.atStep(1);
        PassQueue queue = queue(6)) {
      CountDownLatch released = occupy(queue);
      var threads = Executors.newCachedThreadPool();
      List<CompletableFuture<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int seed = i;
        all.add(CompletableFuture.supplyAsync(() -> draw(source, queue, seed, 3), threads));
      }
      awaitLength(queue, 5);
      released.countDown();
      for (CompletableFuture<float[]> each : all) {
        each.get();
      }

      awaitPasses(3);
      assertEquals(List.of("2 of 6", "2 of 6", "1 of 3"), passes);
      threads.shutdown();
    }
  }

  @Test
  void requestWhoseTurnDoesNotComeInTimeIsGivenUp() throws Exception {
    try (PassQueue queue = queue(6)) {
      CountDownLatch released = occupy(queue);

      assertThrows(
          OverloadException.class,
          () -> queue.compute(() -> "never", RequestDeadline.in(Duration.ofMillis(20))));

      released.countDown();
      assertEquals("next", queue.compute(() -> "next", LATER));
    }
  }

  @Test
  void failureOfOneRequestDoesNotReachThoseThatShareItsPass() throws Exception {
    TinySource failing =
        TinySource.changed(
            (made, codes) -> {
              throw new IllegalStateException("broken");
            });
    try (failing;
        TinySource source = TinySource.atStep(1);
        PassQueue queue = queue(100)) {
      float[] alone = draw(source, queue, 3, 2);
      CountDownLatch released = occupy(queue);
      var threads = Executors.newCachedThreadPool();
      CompletableFuture<float[]> broken =
          CompletableFuture.supplyAsync(() -> draw(failing, queue, 3, 2), threads);
      awaitLength(queue, 1);
      CompletableFuture<float[]> intact =
          CompletableFuture.supplyAsync(() -> draw(source, queue, 3, 2), threads);
      awaitLength(queue, 2);
      released.countDown();

      assertArrayEquals(alone, intact.get());
      Exception failure = assertThrows(Exception.class, broken::get);
      assertTrue(failure.toString().contains("broken"), failure.toString());
      threads.shutdown();
    }
  }

  @Test
  void samplerThatComputesWithinAPassDoesNotWaitForItself() {
    try (TinySource source = TinySource.atStep(1);
        PassQueue queue = queue(100)) {
      float[] nested = queue.compute(() -> draw(source, queue, 3, 2), LATER);

      assertArrayEquals(draw(source, queue, 3, 2), nested);
    }
  }

  @Test
  void closedQueueRefusesWork() {
    PassQueue queue = queue(100);
    queue.close();

    assertThrows(OverloadException.class, () -> queue.compute(() -> "late", LATER));
  }
}
