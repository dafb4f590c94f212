package org.gantry.launcher;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gantry.host.CommandInvocation;
import org.slf4j.LoggerFactory;

/**
 * The wish to end the process early, by Ctrl-C or a polite kill. The virtual machine is kept from
 * ending at once, so that the command can complete what must not be left half done; the exit code
 * is then the virtual machine's, 128 and the number of the signal. A second Ctrl-C ends at once.
 */
final class InterruptSignal implements BooleanSupplier {

  /** More than a step of training and a checkpoint take; then a command hangs. */
  private static final long PATIENCE_SECONDS = 60;

  /** Who has waited this long is told that there is a faster way. */
  private static final long SILENT_SECONDS = 1;

  private static final int INTERRUPTED = 130;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean wished;

  private InterruptSignal() {}

  /** Watches out from now on. */
  static InterruptSignal watch() {
    InterruptSignal interruption = new InterruptSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "interruption"));
    return interruption;
  }

  private void await() {
    wished = true;
    endAtOnceOnTheNext("INT");
    try {
      if (done.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      if (System.getenv(CommandInvocation.WATCHING_PROCESS) == null) {
        System.err.println("gantry: completing what is half done; Ctrl-C again ends at once");
      }
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gantry: the command did not end in " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * By reflection, because the compiler warns of the class whatever it is told. A virtual machine
   * without it ignores further signals while it ends.
   */
  private static void endAtOnceOnTheNext(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halt =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(INTERRUPTED);
                return null;
              });
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, halt);
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(InterruptSignal.class).debug("A second Ctrl-C will do nothing.", e);
    }
  }

  /** Lets the virtual machine end. */
  void allowExit() {
    done.countDown();
  }

  @Override
  public boolean getAsBoolean() {
    return wished;
  }
}
