package org.gantry.host;

/**
 * The engine behind the tensors; a service of the framework. It takes about half a second and some
 * hundred megabytes, so nothing starts it before tensors are needed; and nothing may touch DJL's
 * {@code Engine}, {@code NDManager} or {@code Model} before it is started.
 */
public interface TensorEngine {

  /**
   * Starts the engine, or only sets its threads if it runs already. Safe to call from any thread.
   *
   * @param threads how many threads one operation may use; 0 leaves the choice to the engine
   * @throws IllegalStateException if the engine cannot start, with the reason
   */
  void start(int threads);
}
