package org.gantry.verification.internal;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import javax.imageio.ImageIO;
import org.gantry.verification.PluginVerifier;
import org.gantry.verification.VerificationReport;
import org.osgi.framework.BundleContext;

/** Verifies a plugin: first its manifest, then the bundle, then its components. */
final class JarVerifier implements PluginVerifier {

  private final BundleContext context;
  private final Duration checkLimit;
  private final Duration removalLimit;
  private final Consumer<String> notices;

  /**
   * Creates a verifier.
   *
   * @param context installs the plugin
   * @param checkLimit how long a check may take
   * @param removalLimit how long a removed bundle may stay in memory; a method that waits for the
   *     JIT compiler keeps its class loader alive, for seconds on a busy machine
   * @param notices receives sentences about what is being waited for
   */
  JarVerifier(
      BundleContext context, Duration checkLimit, Duration removalLimit, Consumer<String> notices) {
    this.context = context;
    this.checkLimit = checkLimit;
    this.removalLimit = removalLimit;
    this.notices = notices;
  }

  @Override
  public VerificationReport verify(Path jar) throws IOException {
    // The JDK's image library keeps the context class loader of its first caller forever, so the
    // first caller must not be a plugin.
    ImageIO.getUseCache();
    try (CheckRunner checks = new CheckRunner(checkLimit, notices)) {
      String name;
      try (JarFile file = new JarFile(jar.toFile())) {
        ManifestChecks manifest = new ManifestChecks(file, context);
        name = manifest.name();
        manifest.checks().forEach(check -> checks.run("bundle", check));
      }
      Optional<WeakReference<ClassLoader>> loader = runInFramework(jar, checks);
      loader.ifPresent(
          reference ->
              checks.run(
                  "bundle",
                  "its classes are unloaded when it is removed",
                  () -> requireUnloaded(reference)));
      return new VerificationReport(name, checks.results());
    }
  }

  /** Installs the bundle, runs its checks and removes it. */
  private Optional<WeakReference<ClassLoader>> runInFramework(Path jar, CheckRunner checks) {
    PluginUnderTest plugin = PluginUnderTest.of(jar, context);
    Optional<WeakReference<ClassLoader>> loader = Optional.empty();
    if (checks.run("bundle", "it resolves and starts", plugin::start)) {
      checks.run("bundle", "its classes and its manifest agree", plugin::checkDeclared);
      plugin.components().forEach(component -> component.verify(checks));
      loader = Optional.of(new WeakReference<>(plugin.loader()));
    }
    return checks.run("bundle", "it stops and can be removed", plugin::remove)
        ? loader
        : Optional.empty();
  }

  @SuppressWarnings("SystemGarbageCollection")
  private void requireUnloaded(WeakReference<ClassLoader> loader) {
    long start = System.nanoTime();
    while (loader.get() != null) {
      if (System.nanoTime() - start > removalLimit.toNanos()) {
        throw new AssertionError(
            "its class loader is still in use: a thread, a thread-local variable or a static field"
                + " of a library refers to one of its objects");
      }
      System.gc();
    }
  }
}
