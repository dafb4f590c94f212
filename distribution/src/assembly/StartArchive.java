import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the packed product start faster. Removes the signatures of libraries, and writes the classes
 * that a command loads into an archive, which the start script gives to the virtual machine.
 *
 * <p>Java verifies each class of a signed jar on its class path, which takes longer than all else
 * that the framework does. Java 17 also crashes when it archives the classes of a program that has a
 * signed jar.
 */
final class StartArchive {

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private StartArchive() {}

  /**
   * Prepares a product.
   *
   * @param arguments the folder of the product, and a folder for the state of the command
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path product = Path.of(arguments[0]);
    List<Path> jars;
    try (Stream<Path> files = Files.list(product.resolve("lib"))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      removeSignature(jar);
    }
    archive(product, Path.of(arguments[1]));
  }

  private static void removeSignature(Path jar) throws IOException {
    Path unsigned = jar.resolveSibling(jar.getFileName() + ".unsigned");
    try (JarFile signed = new JarFile(jar.toFile(), false)) {
      if (signed.stream().noneMatch(StartArchive::isSignature)) {
        return;
      }
      Manifest manifest = signed.getManifest();
      manifest.getEntries().values().forEach(StartArchive::requireDigestsOnly);
      manifest.getEntries().clear();
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unsigned))) {
        JarEntry first = new JarEntry(JarFile.MANIFEST_NAME);
        first.setTimeLocal(signed.getEntry(JarFile.MANIFEST_NAME).getTimeLocal());
        out.putNextEntry(first);
        manifest.write(out);
        for (JarEntry entry : signed.stream().toList()) {
          if (!isSignature(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            copy(signed, entry, out);
          }
        }
      }
    }
    Files.move(unsigned, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isSignature(JarEntry entry) {
    return SIGNATURE.matcher(entry.getName()).matches();
  }

  private static void requireDigestsOnly(Map<Object, Object> attributes) {
    for (Object name : attributes.keySet()) {
      if (!name.toString().toUpperCase(Locale.ROOT).endsWith("-DIGEST")) {
        throw new IllegalStateException("a manifest says more of a file than its digest: " + name);
      }
    }
  }

  private static void copy(JarFile from, JarEntry entry, JarOutputStream out) throws IOException {
    JarEntry copied = new JarEntry(entry.getName());
    copied.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copied);
    try (InputStream in = from.getInputStream(entry)) {
      in.transferTo(out);
    }
  }

  /** Writes the archive, if this virtual machine can; without it a command starts as it used to. */
  private static void archive(Path product, Path state) throws IOException, InterruptedException {
    Path work = Files.createDirectories(state);
    Path written = work.resolve("classes.jsa");
    Files.deleteIfExists(written);
    ProcessBuilder command =
        new ProcessBuilder(product.resolve("bin/gantry").toString(), "validate", "digits");
    command.environment().put("GANTRY_STATE", work.toString());
    command
        .environment()
        .put("GANTRY_OPTS", "-Xlog:disable -XX:ArchiveClassesAtExit=" + written.getFileName());
    command.directory(work.toFile()).redirectErrorStream(true);
    command.redirectOutput(work.resolve("archive.log").toFile());
    int exitCode = command.start().waitFor();
    if (exitCode == 0 && Files.exists(written)) {
      // In one move, because a virtual machine crashes if it reads half of an archive.
      Files.move(written, product.resolve("lib/classes.jsa"), StandardCopyOption.ATOMIC_MOVE);
    } else {
      System.err.println("gantry: starts without an archive of classes; see " + work);
    }
  }
}
