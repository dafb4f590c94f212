package org.gantry.launcher;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.host.CommandLine;
import org.slf4j.Logger;

/**
 * The packages of the launcher's class path that bundles can import, as found in its jars. Each has
 * the version of its library. The resolver therefore refuses a bundle that was built for another
 * version, which would otherwise fail with a missing method.
 */
final class ExportedPackages {

  private static final String CLASS = ".class";

  private ExportedPackages() {}

  /** The value of {@code org.osgi.framework.system.packages.extra}: one clause per package. */
  static String header() {
    Properties versions = versions();
    return Stream.of(
            packages("ai.djl", versions, Engine.class, PtEngine.class),
            packages("org.slf4j", versions, Logger.class),
            packages("org.gantry.host", versions, CommandLine.class),
            List.of(embedded(versions)))
        .flatMap(List::stream)
        .collect(Collectors.joining(","));
  }

  /** The package that a program may have in any kind of archive, which need not be a file. */
  private static String embedded(Properties versions) {
    String name = EmbeddedGantry.class.getPackageName();
    return name + version(name, versions);
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = ExportedPackages.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  /** The packages with a prefix in the jars or folders of some classes. */
  private static List<String> packages(String prefix, Properties versions, Class<?>... libraries) {
    TreeSet<String> packages = new TreeSet<>();
    for (Class<?> library : libraries) {
      classFiles(library)
          .filter(file -> file.startsWith(prefix.replace('.', '/') + "/"))
          .forEach(file -> packages.add(file.substring(0, file.lastIndexOf('/'))));
    }
    String version = version(prefix, versions);
    return packages.stream().map(folder -> folder.replace('/', '.') + version).toList();
  }

  private static Stream<String> classFiles(Class<?> library) {
    try {
      Path source = Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI());
      return (Files.isDirectory(source) ? filesIn(source) : entriesOf(source))
          .filter(name -> name.endsWith(CLASS));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(library + " was not loaded from a file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> entriesOf(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return file.stream().map(ZipEntry::getName).toList().stream();
    }
  }

  private static Stream<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .toList()
          .stream();
    }
  }

  private static String version(String library, Properties versions) {
    return ";version=\"" + versions.getProperty(library) + "\"";
  }
}
