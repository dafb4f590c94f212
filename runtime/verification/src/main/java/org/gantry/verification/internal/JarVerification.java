package org.gantry.verification.internal;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import javax.imageio.ImageIO;
import org.gantry.verification.Report;
import org.gantry.verification.Verification;
import org.osgi.framework.BundleContext;

/** Tries a plugin from the outside to the inside. */
final class JarVerification implements Verification {

  /** A collection finds what the one before made unreachable; a method under compilation stays. */
  private static final int COLLECTIONS = 60;

  private final BundleContext context;

  JarVerification(BundleContext context) {
    this.context = context;
  }

  @Override
  public Report verify(Path jar) throws IOException {
    // The JDK's image library keeps the context class loader of its first user for good; that user
    // shall be no plugin.
    ImageIO.getUseCache();
    Trials trials = new Trials();
    String name;
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifests manifest = new Manifests(file, context);
      name = manifest.name();
      manifest.checks().forEach(check -> trials.run("bundle", check));
    }
    Optional<WeakReference<ClassLoader>> loader = use(jar, trials);
    loader.ifPresent(
        reference ->
            trials.run(
                "bundle", "nothing of it is left when it is removed", () -> checkGone(reference)));
    return new Report(name, trials.results());
  }

  /** Installs, tries and removes the bundle. */
  private Optional<WeakReference<ClassLoader>> use(Path jar, Trials trials) {
    try (Installed installed = Installed.of(jar, context)) {
      if (!trials.run("bundle", "it resolves and starts", installed::start)) {
        return Optional.empty();
      }
      trials.run("bundle", "its classes and its manifest agree", installed::checkDeclared);
      installed.specimens().forEach(specimen -> specimen.run(trials));
      return Optional.of(new WeakReference<>(installed.loader()));
    }
  }

  @SuppressWarnings("SystemGarbageCollection")
  private static void checkGone(WeakReference<ClassLoader> loader) {
    for (int i = 0; i < COLLECTIONS && loader.get() != null; i++) {
      System.gc();
    }
    if (loader.get() != null) {
      throw new AssertionError(
          "its class loader is still in use: a thread, a thread-local or a static field of a"
              + " library holds on to one of its objects");
    }
  }
}
