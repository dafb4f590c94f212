package org.gantry.launcher;

import java.util.function.Supplier;

/** The context class loader of the calling thread while it works for the launcher. */
final class ContextClassLoader {

  private ContextClassLoader() {}

  /** Runs code under the class loader of the launcher, and puts the one from before back. */
  static <T> T ofLauncher(Supplier<T> code) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ContextClassLoader.class.getClassLoader());
    try {
      return code.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
