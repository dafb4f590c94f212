package org.gantry.launcher;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.gantry.host.EngineLibrary;
import org.gantry.host.EngineStartException;
import org.gantry.host.TensorEngine;
import org.gantry.host.support.ContextClassLoaders;
import org.gantry.host.support.ErrorText;

/** DJL's PyTorch engine, loaded by the class loader that has its classes and native libraries. */
final class DjlEngine implements TensorEngine {

  private static final String FOLDER_PROPERTY = "PYTORCH_LIBRARY_PATH";

  private final Path state;
  private boolean started;
  private Optional<Thread> early = Optional.empty();

  /** Why the early start failed; the next start throws it. */
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * Creates an engine that is not started.
   *
   * @param state the folder with the user's choice of libraries
   */
  DjlEngine(Path state) {
    this.state = state;
  }

  /**
   * Disables downloads and usage reports of DJL. Must be called before any class of DJL is used.
   */
  static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /**
   * Starts the engine on another thread, for a command that will need it. Its libraries load while
   * the framework starts, which takes about as long. A failure is reported by {@link #start}. Does
   * nothing if the libraries have to be unpacked first, because a command with a mistake would wait
   * for that.
   */
  void startEarly() {
    Thread thread = new Thread(this::tryToStart, "engine");
    thread.setDaemon(true);
    early = Optional.of(thread);
    thread.start();
  }

  private boolean isUnpacked() {
    try (Stream<Path> inside = Files.list(libraries())) {
      return inside.anyMatch(path -> !EngineCache.isLeftover(path));
    } catch (IOException | EngineStartException e) {
      return false;
    }
  }

  private synchronized void tryToStart() {
    try {
      if (isUnpacked()) {
        start(0);
      }
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  /** Waits for an early start. A process must not end while its libraries load. */
  void awaitEarlyStart() {
    try {
      if (early.isPresent()) {
        early.get().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void start(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
    }
    if (failure.isPresent()) {
      RuntimeException thrown = failure.get();
      failure = Optional.empty();
      throw thrown;
    }
    if (!started) {
      // DJL finds engines and native libraries by the context class loader. It never repeats a
      // failed search.
      Optional<EngineLibrary> chosen = chosen();
      Engine engine = ContextClassLoaders.of(DjlEngine.class, () -> load(threads, chosen));
      ConvolutionCheck.require(engine);
      started = true;
    }
    if (threads > 0) {
      JniUtils.setNumThreads(threads);
    }
    // Loading disables the recording of gradients for the current thread.
    JniUtils.setGradMode(true);
  }

  /** Reads the version of the part that is linked with the native libraries. */
  @Override
  public String version() {
    Properties properties = new Properties();
    try (InputStream in =
        DjlEngine.class.getClassLoader().getResourceAsStream("jnilib/pytorch.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("jni_version").replaceFirst("-.*", "");
  }

  @Override
  public Path libraries() {
    String set = System.getenv(FOLDER_PROPERTY);
    return set != null && !set.isBlank()
        ? Path.of(set)
        : chosen().map(EngineLibrary::folder).orElseGet(() -> EngineCache.ofEngine().folder());
  }

  private Optional<EngineLibrary> chosen() {
    try {
      return EngineLibrary.chosen(state);
    } catch (IOException e) {
      throw new EngineStartException(
          "the choice of the engine's libraries cannot be read: " + ErrorText.of(e),
          "'gantry engine use bundled' returns to the product's own.",
          e);
    }
  }

  private static Engine load(int threads, Optional<EngineLibrary> chosen) {
    chosen.ifPresent(
        library -> {
          System.setProperty(FOLDER_PROPERTY, library.folder().toString());
          System.setProperty("PYTORCH_VERSION", library.version());
          System.setProperty("PYTORCH_FLAVOR", library.flavour());
        });
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    EngineCache cache = EngineCache.ofEngine();
    cache.removeLeftovers(Instant.now());
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | IllegalStateException | LinkageError e) {
      if (chosen.isPresent()) {
        throw new EngineStartException(
            "the engine cannot load the libraries in %s: %s"
                .formatted(chosen.get().folder(), ErrorText.of(e)),
            "'gantry engine use bundled' returns to the product's own.",
            e);
      }
      Optional<EngineStartException> explained = cache.explain(e);
      if (explained.isPresent()) {
        throw explained.get();
      }
      throw new IllegalStateException("the engine cannot start: " + ErrorText.of(e), e);
    }
  }
}
