package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LicencesTest {

  private static final Path LICENCES = Product.home().resolve("licences");

  /** A line of a list: the name of a jar without its version, the version, and the licences. */
  private record ListedLibrary(String name, String version, List<String> licences) {

    static ListedLibrary parse(String line) {
      String[] columns = line.split(" \\| ", -1);
      assertEquals(6, columns.length, "not a line of a list of libraries: " + line);
      return new ListedLibrary(columns[0], columns[1], List.of(columns[2].split(" or ")));
    }

    String jar() {
      return name + "-" + version;
    }
  }

  @Test
  void everyJarOfOthersIsListedAndNoOther() {
    Set<String> shipped =
        Stream.of("lib", "bundles")
            .flatMap(folder -> Product.jars(folder).stream())
            .map(jar -> jar.getFileName().toString())
            .filter(jar -> !jar.startsWith("gantry-"))
            .map(jar -> jar.replaceAll("(-linux-x86_64)?\\.jar$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(shipped, jars(listed("libraries.txt")));
  }

  @Test
  void everyBundleThatContainsLibrariesHasAList() throws IOException {
    Set<String> lists = new TreeSet<>(List.of("libraries.txt"));
    for (String folder : List.of("bundles", "plugins", "repository")) {
      for (Path jar : Product.jars(folder)) {
        if (isOfGantry(jar) && entries(jar).stream().anyMatch(LicencesTest::isOfOthers)) {
          lists.add(jar.getFileName().toString().replaceAll("-\\d.*", ".txt"));
        }
      }
    }
    try (Stream<Path> files = Files.list(LICENCES)) {
      assertEquals(
          lists,
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static boolean isOfGantry(Path jar) {
    return jar.getFileName().toString().startsWith("gantry-");
  }

  private static boolean isOfOthers(String entry) {
    return entry.endsWith(".jar") || (entry.endsWith(".class") && !entry.startsWith("org/gantry/"));
  }

  @Test
  void everyJarInsideABundleIsListed() {
    for (Path jar : Product.jars("bundles")) {
      Set<String> inside =
          entries(jar).stream()
              .filter(entry -> entry.endsWith(".jar"))
              .map(entry -> entry.replaceAll(".*/|\\.jar$", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!inside.isEmpty()) {
        String list = jar.getFileName().toString().replaceAll("-\\d.*", ".txt");
        assertEquals(inside, jars(listed(list)), list);
      }
    }
  }

  @Test
  void theTextOfEveryLicenceIsShipped() throws IOException {
    Set<String> needed = new TreeSet<>();
    try (Stream<Path> lists = Files.list(LICENCES)) {
      lists
          .filter(Files::isRegularFile)
          .flatMap(list -> listed(list.getFileName().toString()).stream())
          // A library under one of two licences needs the text of one.
          .map(library -> library.licences().get(0))
          .forEach(needed::add);
    }
    assertTrue(needed.remove("Apache-2.0"), "no library is under Apache-2.0");
    assertTrue(Files.isRegularFile(Product.home().resolve("LICENSE")));
    assertTrue(Files.isRegularFile(Product.home().resolve("NOTICE")));
    for (String licence : needed) {
      assertTrue(
          Files.isRegularFile(LICENCES.resolve("texts").resolve(licence + ".txt")),
          "the text of " + licence + " is missing in distribution/src/licences/texts");
    }
  }

  private static Set<String> jars(List<ListedLibrary> libraries) {
    return libraries.stream()
        .map(ListedLibrary::jar)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The lines of a list, after its introduction and the names of its columns. */
  private static List<ListedLibrary> listed(String list) {
    try {
      List<String> lines = Files.readAllLines(LICENCES.resolve(list));
      return lines.subList(3, lines.size()).stream().map(ListedLibrary::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> entries(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(entry -> entry.getName()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
