package org.gantry.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * The seed of the engine's own generator, which DJL's initializers draw from. The process has only
 * one such generator.
 */
public final class EngineSeed {

  private static final Object GENERATOR = new Object();

  private EngineSeed() {}

  /**
   * Seeds the engine's generator and runs the action. Seeded actions never run at the same time.
   */
  public static void runSeeded(long seed, Runnable action) {
    synchronized (GENERATOR) {
      JniUtils.setSeed(seed);
      action.run();
    }
  }
}
