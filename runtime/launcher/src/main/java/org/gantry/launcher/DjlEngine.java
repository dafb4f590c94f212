package org.gantry.launcher;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.time.Instant;
import java.util.Optional;
import org.gantry.host.EngineStartException;
import org.gantry.host.TensorEngine;
import org.gantry.host.support.ContextClassLoaders;
import org.gantry.host.support.ErrorText;

/** DJL's PyTorch engine, loaded by the class loader that has its classes and native libraries. */
final class DjlEngine implements TensorEngine {

  private boolean started;

  /**
   * Disables downloads and usage reports of DJL. Must be called before any class of DJL is used.
   */
  static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  @Override
  public synchronized void start(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
    }
    if (!started) {
      // DJL finds engines and native libraries by the context class loader. It never repeats a
      // failed search.
      ContextClassLoaders.of(DjlEngine.class, () -> load(threads));
      started = true;
    }
    if (threads > 0) {
      JniUtils.setNumThreads(threads);
    }
    // Loading disables the recording of gradients for the current thread.
    JniUtils.setGradMode(true);
  }

  private static Engine load(int threads) {
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    EngineCache cache = EngineCache.ofEngine();
    cache.removeLeftovers(Instant.now());
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | IllegalStateException | LinkageError e) {
      Optional<EngineStartException> explained = cache.explain(e);
      if (explained.isPresent()) {
        throw explained.get();
      }
      throw new IllegalStateException("the engine cannot start: " + ErrorText.of(e), e);
    }
  }
}
