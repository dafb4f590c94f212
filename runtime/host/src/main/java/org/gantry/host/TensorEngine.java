package org.gantry.host;

import java.nio.file.Path;

/**
 * The tensor engine. A service of the framework. Its start takes about half a second and some
 * hundred megabytes, so it starts only when tensors are needed. No code may use DJL's {@code
 * Engine}, {@code NDManager} or {@code Model} before that.
 */
public interface TensorEngine {

  /**
   * Starts the engine, or only sets its threads if it runs already. Thread-safe.
   *
   * @param threads how many threads one operation may use; 0 for the default of the engine
   * @throws EngineStartException if its libraries cannot be unpacked, or those that the user chose
   *     cannot be loaded
   * @throws IllegalStateException if the engine cannot start, with the reason
   */
  void start(int threads);

  /** The version of native libraries that the engine needs, such as {@code 2.7.1}. */
  String version();

  /** The folder from which the engine loads its native libraries; may not exist before a start. */
  Path libraries();
}
