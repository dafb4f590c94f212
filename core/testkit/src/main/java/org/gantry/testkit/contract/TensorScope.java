package org.gantry.testkit.contract;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.HeldMemory;

/** A place to compute in, as a training step is one. */
final class TensorScope {

  /** Computes. */
  @FunctionalInterface
  interface TensorTask {
    void run(NDManager manager) throws Exception;
  }

  private TensorScope() {}

  /** Runs code that records gradients, with a manager that is closed after it. */
  static void runRecorded(TensorTask body) throws Exception {
    run(true, body);
  }

  /** Runs code that records no gradients, with a manager that is closed after it. */
  static void runUnrecorded(TensorTask body) throws Exception {
    run(false, body);
  }

  private static void run(boolean recording, TensorTask body) throws Exception {
    boolean before = Autograd.setRecording(recording);
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
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
    } finally {
      Autograd.setRecording(before);
    }
  }
}
