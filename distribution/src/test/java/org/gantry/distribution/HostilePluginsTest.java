package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * One host refuses many defective and malicious bundles, each with a message of its own, and stays
 * unchanged.
 */
class HostilePluginsTest {

  private static final String NAME = "org.acme.hostile";

  private static final String IMPORTS =
      "org.gantry.component,org.gantry.graph,org.gantry.loss,org.osgi.framework";

  @TempDir Path folder;
  private Path classes;

  /** The expected part of the message for each jar. */
  private final Map<Path, String> corpus = new LinkedHashMap<>();

  private int count;

  @Test
  void hostileJarsAreRefusedAndTheHostContinues() throws IOException {
    classes = TestPluginJar.compile(folder, sources());
    files();
    entries();
    manifests();
    requirements();
    activators();
    components();
    signatures();
    assertTrue(corpus.size() >= 60, "there are " + corpus.size());

    System.setProperty("gantry.plugin.start.limit", "1500");
    Path state = folder.resolve("state");
    List<Executable> checks = new ArrayList<>();
    try (LiveHost host = LiveHost.start(state)) {
      String before = host.runSuccessfully("plugins", "list");
      for (Map.Entry<Path, String> one : corpus.entrySet()) {
        Product.CommandResult answer = host.install(one.getKey());
        checks.add(
            () -> {
              assertTrue(
                  answer.err().contains(one.getValue()),
                  "expected of " + one.getKey() + ": " + one.getValue() + "\n" + answer.err());
              assertFalse(answer.err().contains("this should not happen"), answer.err());
              assertTrue(answer.exitCode() == 1 || answer.exitCode() == 2, answer.err());
            });
      }
      checks.add(() -> assertEquals(before, host.runSuccessfully("plugins", "list")));
      assertAll(checks);
      Path good =
          TestPluginJar.withLoss(NAME, "1.0.0", classes, "Plain", "acme")
              .pack(folder.resolve("good.jar"));
      assertEquals(0, host.install(good).exitCode());
    } finally {
      System.clearProperty("gantry.plugin.start.limit");
    }
    try (LiveHost host = LiveHost.start(state)) {
      assertEquals(List.of(), host.gantry().problems());
    }
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("Plain", TestPluginJar.loss("Plain", "acme", ""));
    sources.put("Throwing", TestPluginJar.loss("Throwing", "acme", "{ fail(); }\n" + FAIL));
    sources.put(
        "Static", TestPluginJar.loss("Static", "acme", "static final int X = fail();\n" + FAIL));
    sources.put(
        "Hanging",
        TestPluginJar.loss(
            "Hanging",
            "acme",
            "{ while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); } }"));
    sources.put(
        "Optional",
        TestPluginJar.loss(
            "Optional", "acme", "record Options(int x) {}\nstatic final int X = fail();\n" + FAIL));
    sources.put("Unfit", TestPluginJar.loss("Unfit", "acme", "static final class Options {}"));
    sources.put("Demanding", TestPluginJar.loss("Demanding", "acme", "Demanding(Runnable r) {}"));
    sources.put(
        "Abstract", TestPluginJar.loss("Abstract", "acme", "").replace("final", "abstract"));
    sources.put("Base", "public class Base {}");
    sources.put(
        "Derived",
        TestPluginJar.loss("Derived", "acme", "").replace("Derived", "Derived extends Base"));
    sources.put("Unmarked", "public final class Unmarked {}");
    sources.put("StartThrows", activator("throw new IllegalStateException(\"the moon is full\");"));
    sources.put(
        "StartHangs",
        activator("while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }"));
    sources.put("StartErrs", activator("throw new StackOverflowError(\"deep\");"));
    sources.put(
        "StartStatic",
        activator("")
            .replace(
                "public void stop", "static final int X = fail();\n" + FAIL + "public void stop"));
    sources.replaceAll(
        (type, source) -> type.startsWith("Start") ? source.replace("TYPE", type) : source);
    return sources;
  }

  private static final String FAIL =
      """
      static int fail() {
        if (System.nanoTime() != 0) {
          throw new IllegalStateException("the moon is full");
        }
        return 1;
      }
      """;

  private static String activator(String body) {
    return """
    import org.osgi.framework.BundleActivator;
    import org.osgi.framework.BundleContext;

    public final class TYPE implements BundleActivator {
      public void start(BundleContext context) {
        %s
      }
      public void stop(BundleContext context) {}
    }
    """
        .formatted(body);
  }

  // ---- What is no jar
  // ---------------------------------------------------------------------------

  private void files() throws IOException {
    byte[] good = Files.readAllBytes(plain().pack(next()));
    add(Files.write(next(), new byte[0]), "is not a jar, or is corrupt");
    add(Files.writeString(next(), "no jar at all"), "is not a jar, or is corrupt");
    add(Files.write(next(), Arrays.copyOf(good, good.length / 2)), "is not a jar, or is corrupt");
    add(Files.write(next(), Arrays.copyOf(good, good.length - 9)), "is not a jar, or is corrupt");
    add(Files.write(next(), noise(good)), "corrupt");
    add(folder.resolve("missing.jar"), "there is no file " + folder.resolve("missing.jar"));
    add(Files.createDirectory(next()), "there is no file");
    add(Files.createDirectory(folder.resolve("folder")), "is a folder");
    add(
        Files.write(next(), replaced(plain().entry("twin-1", "a").entry("twin-2", "a"), "twin-")),
        "has the entry twin-1 twice");
    Path bare = next();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bare))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    add(bare, "is not a bundle: it has no manifest");
    Path unreadable = next();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unreadable))) {
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      out.write("Manifest-Version 1.0 without a colon\n".getBytes(StandardCharsets.UTF_8));
    }
    add(unreadable, "has a manifest that cannot be read");
  }

  /** Changes the middle of the compressed data. */
  private static byte[] noise(byte[] jar) {
    byte[] noisy = jar.clone();
    for (int i = jar.length / 3; i < jar.length / 2; i++) {
      noisy[i] ^= 0x55;
    }
    return noisy;
  }

  /** Renames the second of two entries to the name of the first. */
  private byte[] replaced(TestPluginJar jar, String prefix) throws IOException {
    byte[] bytes = Files.readAllBytes(jar.pack(next()));
    byte[] second = (prefix + "2").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + second.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + second.length, second, 0, second.length)) {
        bytes[i + second.length - 1] = '1';
      }
    }
    return bytes;
  }

  // ---- Entries
  // ----------------------------------------------------------------------------------

  private void entries() {
    for (String path :
        List.of("../evil", "/etc/evil", "..\\evil", "C:/evil", "a/../../evil", "a/..")) {
      add(
          plain().entry(path, "x"),
          "has an entry that would be unpacked outside the target folder: ");
    }
    add(plain().entry("zeros", new byte[96 << 20]), "unpacks to more data than any plugin needs");
    add(plain().entry("org/acme/parts/Text.class", "no class"), "Text.class is not a class");
    add(plain().entry("org/acme/parts/Short.class", "x"), "Short.class is not a class");
    add(
        plain().entry("org/acme/parts/New.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 99}),
        "is built for Java 55 or later");
    add(
        plain().entry("org/gantry/loss/Loss.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 61}),
        "has classes in the package org.gantry.loss of the host");
    add(
        plain().entry("java/lang/Object.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 61}),
        "has classes in the package java.lang of the host");
  }

  // ---- Manifests
  // --------------------------------------------------------------------------------

  private void manifests() {
    add(
        plain().header("Bundle-SymbolicName", null),
        "is not a bundle: its manifest has no Bundle-SymbolicName");
    add(
        plain().header("Bundle-SymbolicName", "org acme"),
        "has the invalid symbolic name 'org acme'");
    add(
        plain().header("Bundle-SymbolicName", "../evil"),
        "has the invalid symbolic name '../evil'");
    add(plain().header("Bundle-ManifestVersion", null), "its Bundle-ManifestVersion is not 2");
    add(plain().header("Bundle-ManifestVersion", "1"), "its Bundle-ManifestVersion is not 2");
    add(plain().header("Bundle-Version", "one.two"), "has the invalid version 'one.two'");
    add(
        plain().header("Fragment-Host", "org.gantry.api"),
        "is a fragment, which would become part of another bundle");
    add(
        plain().header("Fragment-Host", "system.bundle;extension:=framework"),
        "is a fragment, which would become part of another bundle");
    add(plain().header("Export-Package", "org.gantry.loss"), "exports the package org.gantry.loss");
    add(plain().header("Export-Package", "ai.djl.ndarray"), "exports the package ai.djl.ndarray");
    add(plain().header("Export-Package", "java.lang"), "exports the package java.lang");
    add(
        plain().header("Export-Package", "org.acme;;;="),
        "has a header Export-Package that cannot");
    add(plain().header("Require-Capability", null), "does not require the extender");
  }

  // ---- Requirements
  // -----------------------------------------------------------------------------

  private void requirements() {
    add(imports("org.acme.missing"), "needs package org.acme.missing, which no bundle offers");
    add(
        imports("org.gantry.loss;version=\"[7,8)\""),
        "needs package org.gantry.loss of version 7.0.0 or later, but below 8.0.0; there is"
            + " version");
    add(imports("org.gantry.loss;version=\"[0.1,0.2)\""), "but below 0.2.0; there is version");
    add(imports("ai.djl.ndarray;version=\"[0.99,1)\""), "needs package ai.djl.ndarray of version");
    add(
        imports("org.gantry.components.internal"),
        "needs package org.gantry.components.internal, which no bundle offers");
    add(plain().header("Require-Bundle", "org.acme.gone"), "needs bundle org.acme.gone");
    add(
        plain().header("Require-Bundle", "system.bundle;bundle-version=99"),
        "needs bundle system.bundle");
    add(requires("acme.magic;filter:=\"(acme.magic=7)\""), "needs acme.magic 7".substring(0, 16));
    add(requires("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""), "needs the platform");
    add(
        requires("osgi.extender;filter:=\"(&(osgi.extender=gantry.component)(version>=2.0.0))\""),
        "needs a host for gantry.component of version 2.0.0 or later");
    add(
        named("org.acme.ring")
            .capability("acme.ring;acme.ring=first")
            .header("Require-Capability", "acme.ring;filter:=\"(acme.ring=second)\""),
        "needs acme.ring second");
    add(
        plain().header("Bundle-NativeCode", "none.so;osname=plan9;processor=pdp11"),
        "does not work");
  }

  private TestPluginJar imports(String clause) {
    return plain().header("Import-Package", "org.gantry.component,org.gantry.graph," + clause);
  }

  private TestPluginJar requires(String clause) {
    return plain()
        .header(
            "Require-Capability",
            clause.contains("gantry.component")
                ? clause
                : "osgi.extender;filter:=\"(osgi.extender=gantry.component)\"," + clause);
  }

  // ---- Activators
  // -------------------------------------------------------------------------------

  private void activators() {
    add(
        plain().header("Bundle-Activator", "org.acme.Gone"),
        "names the activator org.acme.Gone, which is not in the jar");
    add(starts("StartThrows"), "does not start: IllegalStateException: the moon is full");
    add(starts("StartErrs"), "does not start: StackOverflowError: deep");
    add(starts("StartStatic"), "does not start: IllegalStateException: the moon is full");
    add(starts("StartHangs"), "does not start: it did not end within 1500 milliseconds");
    add(starts("Plain"), "does not start: ClassCastException");
  }

  private TestPluginJar starts(String type) {
    return plain()
        .type(type)
        .header("Import-Package", IMPORTS)
        .header("Bundle-Activator", TestPluginJar.className(type));
  }

  // ---- Components
  // -------------------------------------------------------------------------------

  private void components() {
    add(named(NAME).component("loss", "acme", "Gone"), "which is not in the jar");
    add(
        named(NAME).type("Plain").capability("gantry.component;gantry.component=acme;kind=loss"),
        "declares a component without class");
    add(
        named(NAME).type("Plain").capability("gantry.component;gantry.component=acme;class=x"),
        "declares a component without kind");
    add(
        named(NAME).type("Plain").capability("gantry.component;kind=loss;class=x"),
        "declares a component without name");
    add(plain().component("loss", "acme", "Plain"), "declares the component loss/acme twice");
    add(loss("Plain", "other"), "its manifest says name other, the annotation of");
    add(
        named(NAME).type("Plain").component("prior", "acme", "Plain"),
        "its manifest says kind prior, the annotation of");
    add(
        named(NAME)
            .type("Plain")
            .capability(
                "gantry.component;gantry.component=acme;kind=loss;version:Version=\"2.0.0\";"
                    + "summary=\"Nothing.\";paper=\"\";class=\"org.acme.parts.Plain\""),
        "its manifest says version 2.0.0, the annotation of");
    add(loss("Unmarked", "acme"), "is not annotated with @Component");
    add(loss("Throwing", "acme"), "the moon is full");
    add(loss("Static", "acme"), "the moon is full");
    add(loss("Optional", "acme"), "the moon is full");
    add(loss("Hanging", "acme"), "it did not end within 1500 milliseconds");
    add(loss("Unfit", "acme"), "Options is not a record");
    add(loss("Demanding", "acme"), "loss/acme 1.0.0 of bundle " + NAME + " 1.0.0 does not work");
    add(loss("Abstract", "acme"), "loss/acme 1.0.0 of bundle " + NAME + " 1.0.0 does not work");
    add(loss("Derived", "acme"), "cannot be linked: org/acme/parts/Base");
    add(
        named(NAME)
            .entry("org/acme/parts/Garbage.class", garbage())
            .component("loss", "acme", "Garbage"),
        "cannot be linked");
    add(plain().header("Bundle-ClassPath", "lib/none.jar"), "the bundle has no class");
  }

  private static byte[] garbage() {
    byte[] garbage = new byte[200];
    byte[] head = {-54, -2, -70, -66, 0, 0, 0, 61};
    System.arraycopy(head, 0, garbage, 0, head.length);
    return garbage;
  }

  // ---- Signatures
  // -------------------------------------------------------------------------------

  private void signatures() throws IOException {
    TestSigner signer = TestSigner.as("Acme", folder);
    Path tampered = signer.sign(plain().entry("a.txt", "AAAA").pack(next()));
    rewrite(tampered, "a.txt", "BBBB");
    add(tampered, "is not valid");
    Path extended = signer.sign(plain().entry("a.txt", "AAAA").pack(next()));
    rewrite(extended, "added.txt", "more");
    add(extended, "it does not cover added.txt");
    add(
        plain().entry("META-INF/ACME.SF", "Signature-Version: 1.0\n\n"),
        "it does not match the content");
  }

  /** Rewrites a jar with one entry replaced or added. */
  private static void rewrite(Path jar, String name, String content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new java.util.zip.ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().map(e -> (ZipEntry) e).toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }

  // ---- The corpus
  // -------------------------------------------------------------------------------

  private TestPluginJar named(String name) {
    return TestPluginJar.bundle(name, "1.0.0", classes);
  }

  private TestPluginJar plain() {
    return loss("Plain", "acme");
  }

  private TestPluginJar loss(String type, String name) {
    return TestPluginJar.withLoss(NAME, "1.0.0", classes, type, name);
  }

  private void add(TestPluginJar jar, String message) {
    add(jar.pack(next()), message);
  }

  private void add(Path jar, String message) {
    corpus.put(jar, message);
  }

  private Path next() {
    return folder.resolve("case-" + count++ + ".jar");
  }
}
