package org.gantry.components.internal;

import java.util.function.Supplier;

/** The context class loader of threads that run a bundle's code. */
final class ContextLoaderScope {

  private ContextLoaderScope() {}

  /**
   * Runs code under the class loader of a class, so that libraries inside of its bundle find their
   * services. Afterwards the thread has the one from before, whatever the code did to it.
   */
  static <T> T callUnder(Class<?> type, Supplier<T> code) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return code.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
