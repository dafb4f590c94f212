package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

class RuntimeImageTest {

  /** The tag of a class in the constants of a class file. */
  private static final int CLASS_ITEM = 7;

  @Test
  void theModulesAreThoseThatTheJarsNeed() throws IOException {
    Map<String, String> modules = modulesByPackage();
    Set<String> needed = new TreeSet<>();
    for (String folder : List.of("lib", "bundles", "plugins", "repository")) {
      try (Stream<Path> files = Files.list(ReleaseFolder.product().resolve(folder))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
          packages(jar).stream().map(modules::get).filter(Objects::nonNull).forEach(needed::add);
        }
      }
    }
    assertTrue(needed.containsAll(List.of("java.base", "java.desktop")), needed.toString());
    needed.removeAll(contained());
    assertEquals(Set.of(), needed);
  }

  private static Map<String, String> modulesByPackage() {
    Map<String, String> modules = new TreeMap<>();
    for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
      module.descriptor().packages().forEach(name -> modules.put(name, module.descriptor().name()));
    }
    return modules;
  }

  /** The packages of the classes that the classes of a jar name. */
  private static Set<String> packages(Path jar) throws IOException {
    Set<String> packages = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
          try (InputStream in = file.getInputStream(entry)) {
            addPackages(new ClassReader(in), packages);
          }
        }
      }
    }
    return packages;
  }

  private static void addPackages(ClassReader type, Set<String> packages) {
    char[] buffer = new char[type.getMaxStringLength()];
    for (int item = 1; item < type.getItemCount(); item++) {
      int offset = type.getItem(item);
      if (offset > 0 && type.readByte(offset - 1) == CLASS_ITEM) {
        String name = type.readUTF8(offset, buffer);
        int end = name.lastIndexOf('/');
        if (end > 0 && !name.startsWith("[")) {
          packages.add(name.substring(0, end).replace('/', '.'));
        }
      }
    }
  }

  /** The modules of the run time, which the JDK's own list is complete with. */
  private static Set<String> contained() throws IOException {
    String release = Files.readString(ReleaseFolder.runtime().resolve("release"));
    String modules = release.replaceFirst("(?s).*MODULES=\"([^\"]*)\".*", "$1");
    Set<String> contained = Set.of(modules.split(" ", -1));
    Set<String> known =
        ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .map(descriptor -> descriptor.name())
            .collect(Collectors.toSet());
    assertTrue(known.containsAll(contained), modules);
    return contained;
  }

  @Test
  void eachLibraryOfTheSystemHasItsLicence() throws IOException {
    try (Stream<Path> files = Files.list(ReleaseFolder.runtime().resolve("lib"))) {
      boolean any = files.anyMatch(file -> file.toString().contains(".so."));
      assertEquals(any, Files.isDirectory(ReleaseFolder.runtime().resolve("legal/system")));
    }
  }
}
