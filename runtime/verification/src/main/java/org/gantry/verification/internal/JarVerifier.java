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

/** Tries a plugin from the outside to the inside. */
final class JarVerifier implements PluginVerifier {

  private final BundleContext context;
  private final Duration patience;

  /**
   * A verification in a framework.
   *
   * @param patience how long a removed bundle may stay in memory: a method that waits to be
   *     compiled keeps its class, on a busy machine for seconds
   */
  JarVerifier(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  @Override
  public VerificationReport verify(Path jar) throws IOException {
    // The JDK's image library keeps the context class loader of its first user for good; that user
    // shall be no plugin.
    ImageIO.getUseCache();
    CheckRunner trials = new CheckRunner();
    String name;
    try (JarFile file = new JarFile(jar.toFile())) {
      ManifestChecks manifest = new ManifestChecks(file, context);
      name = manifest.name();
      manifest.checks().forEach(check -> trials.run("bundle", check));
    }
    Optional<WeakReference<ClassLoader>> loader = use(jar, trials);
    loader.ifPresent(
        reference ->
            trials.run(
                "bundle", "nothing of it is left when it is removed", () -> checkGone(reference)));
    return new VerificationReport(name, trials.results());
  }

  /** Installs, tries and removes the bundle. */
  private Optional<WeakReference<ClassLoader>> use(Path jar, CheckRunner trials) {
    try (PluginUnderTest installed = PluginUnderTest.of(jar, context)) {
      if (!trials.run("bundle", "it resolves and starts", installed::start)) {
        return Optional.empty();
      }
      trials.run("bundle", "its classes and its manifest agree", installed::checkDeclared);
      installed.specimens().forEach(specimen -> specimen.verify(trials));
      return Optional.of(new WeakReference<>(installed.loader()));
    }
  }

  @SuppressWarnings("SystemGarbageCollection")
  private void checkGone(WeakReference<ClassLoader> loader) {
    long start = System.nanoTime();
    while (loader.get() != null) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError(
            "its class loader is still in use: a thread, a thread-local or a static field of a"
                + " library holds on to one of its objects");
      }
      System.gc();
    }
  }
}
