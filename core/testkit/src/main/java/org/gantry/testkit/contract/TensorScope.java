package org.gantry.testkit.contract;

import ai.djl.ndarray.NDManager;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.HeldMemory;
import org.gantry.tensor.NativeEngine;

/** Runs code that computes with arrays, under the conditions of a training step. */
final class TensorScope {

  /** The code to run. */
  @FunctionalInterface
  interface TensorTask {
    void run(NDManager manager) throws Exception;
  }

  private TensorScope() {}

  /** Runs code with gradient recording and closes the manager after it. */
  static void runRecorded(TensorTask body) throws Exception {
    run(true, body);
  }

  /** Runs code without gradient recording and closes the manager after it. */
  static void runUnrecorded(TensorTask body) throws Exception {
    run(false, body);
  }

  private static void run(boolean recording, TensorTask body) throws Exception {
    // The manager starts the engine, which has to run before recording can be turned on.
    try (NDManager manager = NativeEngine.newManager()) {
      boolean before = Autograd.setRecording(recording);
      try {
        runHeld(manager, body);
      } finally {
        Autograd.setRecording(before);
      }
    }
  }

  private static void runHeld(NDManager manager, TensorTask body) throws Exception {
    Exception failure =
        HeldMemory.holdWhile(
            () -> {
              try {
                body.run(manager);
                return null;
              } catch (Exception e) {
                return e;
              }
            });
    if (failure != null) {
      throw failure;
    }
  }
}
