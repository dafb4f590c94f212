package org.gantry.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that are not valid jars, jars with hostile entries, and invalid signatures. */
record HostileFiles(HostileCorpus corpus) {

  void addAll() throws IOException {
    files();
    entries();
    signatures();
  }

  private void files() throws IOException {
    byte[] good = Files.readAllBytes(corpus.plain().pack(corpus.next()));
    corpus.add(Files.write(corpus.next(), new byte[0]), "is not a jar, or is corrupt");
    corpus.add(Files.writeString(corpus.next(), "no jar at all"), "is not a jar, or is corrupt");
    corpus.add(
        Files.write(corpus.next(), Arrays.copyOf(good, good.length / 2)),
        "is not a jar, or is corrupt");
    corpus.add(
        Files.write(corpus.next(), Arrays.copyOf(good, good.length - 9)),
        "is not a jar, or is corrupt");
    corpus.add(Files.write(corpus.next(), noise(good)), "corrupt");
    corpus.add(
        corpus.folder().resolve("missing.jar"),
        "there is no file " + corpus.folder().resolve("missing.jar"));
    corpus.add(Files.createDirectory(corpus.next()), "there is no file");
    corpus.add(Files.createDirectory(corpus.folder().resolve("folder")), "is a folder");
    corpus.add(
        Files.write(
            corpus.next(),
            replaced(corpus.plain().entry("twin-1", "a").entry("twin-2", "a"), "twin-")),
        "has the entry twin-1 twice");
    Path bare = corpus.next();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bare))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    corpus.add(bare, "is not a bundle: it has no manifest");
    Path unreadable = corpus.next();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unreadable))) {
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      out.write("Manifest-Version 1.0 without a colon\n".getBytes(StandardCharsets.UTF_8));
    }
    corpus.add(unreadable, "has a manifest that cannot be read");
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
    byte[] bytes = Files.readAllBytes(jar.pack(corpus.next()));
    byte[] second = (prefix + "2").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + second.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + second.length, second, 0, second.length)) {
        bytes[i + second.length - 1] = '1';
      }
    }
    return bytes;
  }

  private void entries() {
    for (String path :
        List.of("../evil", "/etc/evil", "..\\evil", "C:/evil", "a/../../evil", "a/..")) {
      corpus.add(
          corpus.plain().entry(path, "x"),
          "has an entry that would be unpacked outside the target folder: ");
    }
    corpus.add(
        corpus.plain().entry("zeros", new byte[96 << 20]),
        "unpacks to more data than any plugin needs");
    corpus.add(
        corpus.plain().entry("org/acme/parts/Text.class", "no class"), "Text.class is not a class");
    corpus.add(
        corpus.plain().entry("org/acme/parts/Short.class", "x"), "Short.class is not a class");
    corpus.add(
        corpus
            .plain()
            .entry("org/acme/parts/New.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 99}),
        "is built for Java 55 or later");
    corpus.add(
        corpus
            .plain()
            .entry("org/gantry/loss/Loss.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 61}),
        "has classes in the package org.gantry.loss of the host");
    corpus.add(
        corpus.plain().entry("java/lang/Object.class", new byte[] {-54, -2, -70, -66, 0, 0, 0, 61}),
        "has classes in the package java.lang of the host");
  }

  private void signatures() throws IOException {
    TestSigner signer = TestSigner.as("Acme", corpus.folder());
    Path tampered = signer.sign(corpus.plain().entry("a.txt", "AAAA").pack(corpus.next()));
    rewrite(tampered, "a.txt", "BBBB");
    corpus.add(tampered, "is not valid");
    Path extended = signer.sign(corpus.plain().entry("a.txt", "AAAA").pack(corpus.next()));
    rewrite(extended, "added.txt", "more");
    corpus.add(extended, "it does not cover added.txt");
    corpus.add(
        corpus.plain().entry("META-INF/ACME.SF", "Signature-Version: 1.0\n\n"),
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
}
