package org.gantry.tensor;

import ai.djl.pytorch.jni.JniUtils;

/** The number of threads that the engine computes with, a setting of the process. */
public final class ThreadCount {

  private ThreadCount() {}

  /**
   * Sets the number of threads for operators that the calling thread starts, and for those of
   * threads that have not used the engine yet.
   *
   * @param count at least 1
   */
  public static void set(int count) {
    JniUtils.setNumThreads(count);
  }

  /** The number of threads that operators of the calling thread use. */
  public static int get() {
    return JniUtils.getNumThreads();
  }
}
