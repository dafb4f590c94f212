package org.gantry.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * The engine's own generator, which DJL's initializers draw from; it is one for the whole process.
 */
public final class EngineSeed {

  private static final Object GENERATOR = new Object();

  private EngineSeed() {}

  /**
   * Runs the action with the engine's generator freshly seeded and no other seeded action beside
   * it.
   */
  public static void runSeeded(long seed, Runnable action) {
    synchronized (GENERATOR) {
      JniUtils.setSeed(seed);
      action.run();
    }
  }
}
