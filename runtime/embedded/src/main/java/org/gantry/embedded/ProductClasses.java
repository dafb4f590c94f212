package org.gantry.embedded;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The class loader of an installation. It has the jars of the folder {@code lib} and shares only
 * the JDK and this package with the program.
 *
 * @param home the real path of the installation
 * @param loader stays open until the process ends
 */
record ProductClasses(Path home, ClassLoader loader) {

  /** Native libraries stay with the class loader that loads them, so a process has one. */
  private static final AtomicReference<ProductClasses> OPENED = new AtomicReference<>();

  private static final String PACKAGE = ProductClasses.class.getPackageName() + ".";

  /**
   * Returns what starts an installation.
   *
   * @throws GantryException if the folder is not an installation, or this process has opened
   *     another one
   */
  static EmbeddedStarter starter(Path home) {
    if (!InstallationFolder.isInstallation(home)) {
      throw new GantryException(
          home + " is not an installation of Gantry: it has no folders lib and bundles",
          "Name the folder that has bin, lib and bundles.",
          null);
    }
    ProductClasses classes;
    try {
      classes = opened(home.toRealPath());
    } catch (IOException e) {
      throw new GantryException("the folder " + home + " cannot be read", "", e);
    }
    return ServiceLoader.load(EmbeddedStarter.class, classes.loader())
        .findFirst()
        .orElseThrow(
            () ->
                new GantryException(
                    "the installation " + home + " is too old to be opened by a program",
                    "Use an installation of the version of gantry-embedded.",
                    null));
  }

  private static ProductClasses opened(Path home) throws IOException {
    ProductClasses opened = OPENED.get();
    if (opened == null) {
      ProductClasses created = of(home);
      opened = OPENED.compareAndSet(null, created) ? created : OPENED.get();
    }
    if (!opened.home().equals(home)) {
      throw new GantryException(
          "this process has opened the installation %s and cannot open %s, too"
              .formatted(opened.home(), home),
          "Use one installation, or another process.",
          null);
    }
    return opened;
  }

  private static ProductClasses of(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      URL[] jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .map(ProductClasses::url)
              .toArray(URL[]::new);
      return new ProductClasses(home, new URLClassLoader("gantry", jars, new SharedTypes()));
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(jar + " has no address", e);
    }
  }

  /** Finds the types of this package where the program has them, and otherwise only the JDK. */
  private static final class SharedTypes extends ClassLoader {

    SharedTypes() {
      super("gantry-embedded", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(PACKAGE)) {
        return Class.forName(name, false, ProductClasses.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
