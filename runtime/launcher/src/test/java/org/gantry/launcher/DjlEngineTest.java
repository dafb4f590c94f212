package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.host.EngineStartException;
import org.gantry.host.TensorEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlEngineTest {

  @Test
  void engineStartsWithAnyContextClassLoader(@TempDir Path folder) throws Exception {
    TestInstallation.create(folder);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (Gantry gantry = Gantry.start(folder)) {
      TensorEngine engine = gantry.service(TensorEngine.class).orElseThrow();
      thread.setContextClassLoader(null);
      engine.start(1);
      engine.start(0);
      assertTrue(JniUtils.isGradMode());
      assertEquals(1, JniUtils.getNumThreads());
    } finally {
      thread.setContextClassLoader(before);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      assertArrayEquals(
          new float[] {2, 4}, manager.create(new float[] {1, 2}).mul(2).toFloatArray());
    }
  }

  @Test
  void downloadsAndUsageReportsAreDisabled(@TempDir Path folder) throws Exception {
    TestInstallation.create(folder);
    System.clearProperty("ai.djl.offline");
    System.clearProperty("OPT_OUT_TRACKING");
    Gantry.start(folder).close();
    assertEquals("true", System.getProperty("ai.djl.offline"));
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
  }

  @Test
  void negativeNumberOfThreadsIsRefused() {
    assertEquals(
        "threads must be 0 or more, not -1",
        assertThrows(
                IllegalArgumentException.class, () -> new DjlEngine(Path.of("state")).start(-1))
            .getMessage());
  }

  @Test
  void failureOfAnEarlyStartIsReportedByTheNextStart(@TempDir Path state) throws Exception {
    Files.writeString(state.resolve("engine.properties"), "folder=/nowhere");
    DjlEngine engine = new DjlEngine(state);
    engine.startEarly();
    engine.awaitEarlyStart();
    assertThrows(EngineStartException.class, () -> engine.start(1));
  }
}
