package org.gantry.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The wish to end the process early, by Ctrl-C or a polite kill. The virtual machine is kept from
 * ending at once, so that the command can complete what must not be left half done; the exit code
 * is then the virtual machine's, 128 and the number of the signal.
 */
final class Interruption implements BooleanSupplier {

  /** More than a step of training and a checkpoint take; then a command hangs. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean wished;

  private Interruption() {}

  /** Watches out from now on. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "interruption"));
    return interruption;
  }

  private void await() {
    wished = true;
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gantry: the command did not end in " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the virtual machine end. */
  void nothingLeftToDo() {
    done.countDown();
  }

  @Override
  public boolean getAsBoolean() {
    return wished;
  }
}
