package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.host.CommandLine;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

class AssemblyTest {

  private static final Pattern MODULE = Pattern.compile("<module>../plugins/(.+?)</module>");

  @Test
  void everyPluginOfTheSourcesIsShipped() throws IOException {
    Set<String> expected = new TreeSet<>();
    var modules =
        MODULE.matcher(Files.readString(Product.sources().resolve("distribution/pom.xml")));
    while (modules.find()) {
      expected.add("gantry-plugin-" + modules.group(1));
    }
    assertEquals(
        expected,
        Stream.of("plugins", "repository")
            .flatMap(folder -> Product.jars(folder).stream())
            .map(jar -> jar.getFileName().toString().replaceAll("-\\d.*", ""))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyRecipeIsShipped() throws IOException {
    assertEquals(
        names(Product.sources().resolve("distribution/recipes")),
        names(Product.home().resolve("recipes")));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyJarOffTheClassPathIsABundle() throws IOException {
    for (String folder : List.of("bundles", "plugins", "repository")) {
      for (Path jar : Product.jars(folder)) {
        try (JarFile file = new JarFile(jar.toFile())) {
          assertNotNull(
              file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"),
              jar + " is not a bundle; use one with the same content, or add a manifest");
        }
      }
    }
  }

  /** Java verifies every class of a signed jar when it loads it, which takes long. */
  @Test
  void noJarOnTheClassPathIsSigned() throws IOException {
    for (Path jar : Product.jars("lib")) {
      try (JarFile file = new JarFile(jar.toFile(), false)) {
        assertTrue(
            file.stream().noneMatch(entry -> entry.getName().matches("META-INF/[^/]+\\.SF")),
            jar + " is signed");
      }
    }
  }

  @Test
  void noPackageIsInTwoJars() throws IOException {
    Set<String> seen = new HashSet<>();
    for (String folder : List.of("lib", "bundles", "plugins", "repository")) {
      for (Path jar : Product.jars(folder)) {
        for (String name : packages(jar)) {
          assertTrue(seen.add(name), name + " is in " + jar + " and in another jar");
        }
      }
    }
  }

  private static Set<String> packages(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && name.contains("/"))
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.lastIndexOf('/')))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyBundleIsActive() {
    try (Gantry gantry = Gantry.start(Product.home())) {
      assertEquals(List.of(), gantry.problems());
      Bundle[] bundles =
          FrameworkUtil.getBundle(gantry.service(CommandLine.class).orElseThrow().getClass())
              .getBundleContext()
              .getBundles();
      assertEquals(
          Product.jars("bundles").size() + Product.jars("plugins").size() + 1, bundles.length);
      for (Bundle bundle : bundles) {
        assertTrue(isStarted(bundle), bundle + " is in state " + bundle.getState());
      }
    }
  }

  private static boolean isStarted(Bundle bundle) {
    boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
    // A bundle with lazy activation starts when its first class is loaded.
    boolean lazy = bundle.getHeaders().get("Bundle-ActivationPolicy") != null;
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> true;
      case Bundle.STARTING -> lazy;
      case Bundle.RESOLVED -> fragment;
      default -> false;
    };
  }
}
