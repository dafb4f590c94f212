package org.gantry.launcher;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gantry.host.CommandInvocation;
import org.slf4j.LoggerFactory;

/**
 * Delays the end of the process after Ctrl-C or a termination signal, so that the command can
 * complete its writes. The exit code is then 128 plus the number of the signal, except of a command
 * that a signal ends as usual. A second Ctrl-C ends the process at once.
 */
final class InterruptSignal implements BooleanSupplier {

  /** Longer than a training step and a checkpoint take. */
  private static final long LIMIT_SECONDS = 60;

  /** After this time a message explains the second Ctrl-C. */
  private static final long MESSAGE_SECONDS = 1;

  private static final String INTERRUPT = "INT";
  private static final int INTERRUPTED = 130;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Consumer<ForeignExit> exits;
  private volatile boolean requested;

  private InterruptSignal(Consumer<ForeignExit> exits) {
    this.exits = exits;
  }

  /**
   * Registers a hook for the end of the virtual machine.
   *
   * @param exits receives an exit that was neither allowed nor caused by a signal
   */
  static InterruptSignal watch(Consumer<ForeignExit> exits) {
    InterruptSignal interrupt = new InterruptSignal(exits);
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::await, "interrupt"));
    return interrupt;
  }

  private void await() {
    if (done.getCount() == 0) {
      return;
    }
    ForeignExit.find(Thread.getAllStackTraces().values()).ifPresent(exits);
    requested = true;
    handle(INTERRUPT, () -> Runtime.getRuntime().halt(INTERRUPTED));
    try {
      if (done.await(MESSAGE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      if (System.getenv(CommandInvocation.WATCHING_PROCESS) == null) {
        System.err.println("gantry: finishing the current step; press Ctrl-C again to end at once");
      }
      if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gantry: the command did not end in " + LIMIT_SECONDS + " s");
        // The engine crashes if its libraries are unloaded while a call still computes.
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets signals ask the command to end, and leaves the exit code to the command: for a command
   * that has no other end.
   */
  void leaveExitCodeToCommand() {
    AtomicBoolean interrupted = new AtomicBoolean();
    handle(
        INTERRUPT,
        () -> {
          if (interrupted.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          requested = true;
        });
    handle("TERM", () -> requested = true);
  }

  /** Ignores Ctrl-C from now on, because another process at the same terminal handles it. */
  static void ignore() {
    handle(INTERRUPT, () -> {});
  }

  /**
   * Calls an action on each further signal. Uses reflection, because the compiler always warns
   * about this class. A virtual machine without the class keeps its own reaction.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, calling);
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(InterruptSignal.class).debug("Ctrl-C keeps its usual effect.", e);
    }
  }

  /** Allows the virtual machine to exit. */
  void allowExit() {
    done.countDown();
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }
}
