package org.gantry.tensor;

import ai.djl.pytorch.jni.JniUtils;

/** How many threads the engine computes with; a setting of the process. */
public final class Threads {

  private Threads() {}

  /**
   * Sets the number of threads for operators that the calling thread starts, and for threads that
   * have not used the engine yet.
   *
   * @param count at least 1
   */
  public static void use(int count) {
    JniUtils.setNumThreads(count);
  }

  /** The number of threads that operators of the calling thread use. */
  public static int inUse() {
    return JniUtils.getNumThreads();
  }
}
