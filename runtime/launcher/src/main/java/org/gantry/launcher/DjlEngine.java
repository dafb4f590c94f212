package org.gantry.launcher;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import org.gantry.host.TensorEngine;
import org.gantry.host.support.ContextClassLoaders;
import org.gantry.host.support.ErrorText;

/** DJL's PyTorch engine, found and loaded through the class loader that has it and its natives. */
final class DjlEngine implements TensorEngine {

  private boolean started;

  /**
   * Forbids DJL to download and to report usage; to be called before any of its classes is used.
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
      // DJL looks for engines and for natives through the context class loader. If the first look
      // finds none, it remembers that for good.
      ContextClassLoaders.of(DjlEngine.class, () -> load(threads));
      started = true;
    }
    if (threads > 0) {
      JniUtils.setNumThreads(threads);
    }
    // Loading turns the recording of gradients off, for the thread that happened to do it.
    JniUtils.setGradMode(true);
  }

  private static Engine load(int threads) {
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError e) {
      throw new IllegalStateException("the engine cannot start: " + ErrorText.of(e), e);
    }
  }
}
