package org.gantry.tensor;

import ai.djl.ndarray.NDManager;

/** The tensor engine behind DJL. */
public final class NativeEngine {

  /** The engine's name in DJL. */
  public static final String NAME = "PyTorch";

  private NativeEngine() {}

  /**
   * A new manager of arrays on the processor.
   *
   * @return closed by the caller
   */
  public static NDManager newManager() {
    return ComputeDevice.CPU.newManager();
  }
}
