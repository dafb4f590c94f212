package org.gantry.spark;

import java.lang.reflect.Proxy;

/** What this process does at Ctrl-C, which a terminal sends to the command and to it. */
final class InterruptReaction {

  private InterruptReaction() {}

  /**
   * Calls an action at each Ctrl-C, instead of ending the process. Uses reflection, because the
   * compiler always warns about this class of the JDK. A Java runtime without it ends the process,
   * and the training continues later from its last checkpoint.
   */
  static void set(Runnable action) {
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
      Object named = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, named, calling);
    } catch (ReflectiveOperationException e) {
      System.err.println("note: Ctrl-C ends the training at its last checkpoint (" + e + ")");
    }
  }
}
