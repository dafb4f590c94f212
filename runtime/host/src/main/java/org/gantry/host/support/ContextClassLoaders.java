package org.gantry.host.support;

/** The context class loader of the calling thread, by which libraries find their services. */
public final class ContextClassLoaders {

  private ContextClassLoaders() {}

  /**
   * Code that runs under a class loader.
   *
   * @param <T> what it returns
   * @param <X> the checked exception that it throws
   */
  @FunctionalInterface
  public interface Code<T, X extends Exception> {

    /** Runs the code. */
    T run() throws X;
  }

  /**
   * Runs code under the class loader of a class. Afterwards the thread has its former context class
   * loader again, even if the code replaced it.
   */
  public static <T, X extends Exception> T of(Class<?> type, Code<T, X> code) throws X {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return code.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
