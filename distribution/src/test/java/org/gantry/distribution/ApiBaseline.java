package org.gantry.distribution;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Compares the packages that a jar exports with those of a published version. */
final class ApiBaseline {

  private static final String CLASS = ".class";
  private static final String MANIFEST = JarFile.MANIFEST_NAME;

  private ApiBaseline() {}

  /**
   * Finds changes that would break plugins built against the published jar.
   *
   * @return a paragraph for each package with an incompatible change and an unchanged major version
   */
  static List<String> incompatibilities(Path published, Path now) throws Exception {
    try (Processor processor = new Processor();
        Jar older = new Jar(published.toFile());
        Jar newer = new Jar(now.toFile())) {
      return new Baseline(processor, new DiffPluginImpl())
          .baseline(newer, older, null).stream()
              .filter(info -> info.mismatch && isBreak(info.packageDiff))
              .sorted(Comparator.comparing(info -> info.packageName))
              .map(
                  info ->
                      "%s %s has an incompatible change:%n%s  Revert it, or raise the"
                              .formatted(
                                  info.packageName, info.olderVersion, describe(info.packageDiff))
                          + " @Version in its package-info.java to %s."
                              .formatted(info.suggestedVersion))
              .toList();
    }
  }

  private static boolean isBreak(Diff diff) {
    return diff.getDelta() == Delta.MAJOR || diff.getDelta() == Delta.REMOVED;
  }

  private static String describe(Diff diff) {
    Set<String> lines = new TreeSet<>();
    collect(diff, "", lines);
    return lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  /** The innermost differences that break something. */
  private static void collect(Diff diff, String within, Set<String> lines) {
    List<Diff> inner = new ArrayList<>();
    if (diff.getDelta() != Delta.REMOVED) {
      diff.getChildren().stream().filter(ApiBaseline::isBreak).forEach(inner::add);
    }
    if (inner.isEmpty()) {
      String word = diff.getDelta() == Delta.REMOVED ? "was removed" : "has changed";
      lines.add("%s%s %s %s".formatted(within, type(diff), diff.getName(), word));
    }
    String here = type(diff).equals("package") ? "" : diff.getName() + ": ";
    inner.forEach(child -> collect(child, here, lines));
  }

  private static String type(Diff diff) {
    return diff.getType().toString().toLowerCase(Locale.ROOT);
  }

  /** Writes the signatures of a jar's exported packages, without code. */
  static void writeSignatures(Path jar, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream out = new JarOutputStream(file)) {
      Set<String> published = published(from.getManifest());
      out.putNextEntry(entry(MANIFEST));
      from.getManifest().write(out);
      for (JarEntry entry :
          from.stream().sorted(Comparator.comparing(JarEntry::getName)).toList()) {
        String name = entry.getName();
        if (name.endsWith(CLASS) && published.contains(name.replaceFirst("/[^/]*$", ""))) {
          try (InputStream in = from.getInputStream(entry)) {
            writeSignatures(out, name, in.readAllBytes());
          }
        }
      }
    }
  }

  private static void writeSignatures(JarOutputStream out, String name, byte[] type)
      throws IOException {
    // Public types may extend package-private ones, so these are written as well.
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(type).accept(writer, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    out.putNextEntry(entry(name));
    out.write(writer.toByteArray());
  }

  /** Returns an entry with a fixed time, so that equal jars give equal bytes. */
  private static JarEntry entry(String name) {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }

  private static Set<String> published(Manifest manifest) {
    String header = manifest.getMainAttributes().getValue("Export-Package");
    return Stream.of(header.replaceAll("\"[^\"]*\"", "").split(",", -1))
        .map(clause -> clause.replaceFirst(";.*", "").strip().replace('.', '/'))
        .collect(Collectors.toSet());
  }
}
