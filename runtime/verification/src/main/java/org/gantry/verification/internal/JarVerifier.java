package org.gantry.verification.internal;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.jar.JarFile;
import javax.imageio.ImageIO;
import org.gantry.verification.PluginVerifier;
import org.gantry.verification.VerificationReport;
import org.osgi.framework.BundleContext;

/** Verifies a plugin: first its manifest, then the bundle, then its components. */
final class JarVerifier implements PluginVerifier {

  private final BundleContext context;
  private final Duration removalLimit;

  /**
   * Creates a verifier.
   *
   * @param context installs the plugin
   * @param removalLimit how long a removed bundle may stay in memory; a method that waits for the
   *     JIT compiler keeps its class loader alive, for seconds on a busy machine
   */
  JarVerifier(BundleContext context, Duration removalLimit) {
    this.context = context;
    this.removalLimit = removalLimit;
  }

  @Override
  public VerificationReport verify(Path jar) throws IOException {
    // The JDK's image library keeps the context class loader of its first caller forever, so the
    // first caller must not be a plugin.
    ImageIO.getUseCache();
    CheckRunner checks = new CheckRunner();
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

  /** Installs the bundle, runs its checks and removes it. */
  private Optional<WeakReference<ClassLoader>> runInFramework(Path jar, CheckRunner checks) {
    try (PluginUnderTest plugin = PluginUnderTest.of(jar, context)) {
      if (!checks.run("bundle", "it resolves and starts", plugin::start)) {
        return Optional.empty();
      }
      checks.run("bundle", "its classes and its manifest agree", plugin::checkDeclared);
      plugin.components().forEach(component -> component.verify(checks));
      return Optional.of(new WeakReference<>(plugin.loader()));
    }
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
