package org.gantry.provisioning.internal.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TerminalText;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.ProvisioningException;

/**
 * A plugin's jar that was read completely, without running its code, and that can be installed.
 *
 * @param jar the file
 * @param description the plugin, without its signature in words
 * @param signature who signed the jar
 */
public record JarInspection(Path jar, PluginDescription description, JarSignature signature) {

  private static final long MOST_BYTES = 2L << 30;
  private static final int MOST_ENTRIES = 100_000;

  /** A large entry with a higher compression ratio is an attempt to fill the disk. */
  private static final long HIGHEST_RATIO = 200;

  private static final long LARGE_ENTRY = 64L << 20;

  /** The limit for the texts that describe a plugin. */
  private static final int LONGEST_TEXT = 1000;

  private static final int CLASS_MAGIC = 0xCAFEBABE;
  private static final int MAJOR_OF_JAVA_0 = 44;

  /**
   * Inspects a jar.
   *
   * @param hostNames the names that belong to the host
   * @throws ProvisioningException if the jar cannot be installed, with the reason
   */
  public static JarInspection inspect(Path jar, HostNames hostNames) {
    String name = jar.getFileName() == null ? jar.toString() : jar.getFileName().toString();
    EntryReader reader = new EntryReader(name, hostNames);
    Manifest manifest = reader.read(jar);
    PluginManifest parsed = PluginManifest.parse(name, manifest.getMainAttributes());
    parsed.requireInstallable(reader.entries, hostNames);
    JarSignature signature = JarSignature.verify(jar, name);
    try {
      return new JarInspection(
          jar,
          new PluginDescription(
              parsed.name(),
              parsed.version(),
              text(manifest, "Bundle-Name", parsed.name()),
              text(manifest, "Bundle-Description", ""),
              text(manifest, "Bundle-License", ""),
              Sha256.of(jar),
              Files.size(jar),
              "",
              parsed.componentNames()),
          signature);
    } catch (IOException e) {
      throw ProvisioningException.failed(name + " cannot be read: " + ErrorText.of(e), e);
    }
  }

  private static String text(Manifest manifest, String header, String defaultText) {
    String value = manifest.getMainAttributes().getValue(header);
    // A value with a percent sign is the key of a translation, not a text.
    return value == null || value.startsWith("%")
        ? defaultText
        : TerminalText.bounded(value, LONGEST_TEXT);
  }

  /** Reads and checks the entries of a jar. */
  private static final class EntryReader {

    private final String name;
    private final HostNames hostNames;
    private final Set<String> entries = new HashSet<>();
    private long total;

    EntryReader(String name, HostNames hostNames) {
      this.name = name;
      this.hostNames = hostNames;
    }

    Manifest read(Path jar) {
      if (!Files.isRegularFile(jar)) {
        throw ProvisioningException.refused(
            "there is no file " + jar, "Name a jar, or a plugin of a repository.");
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        List<ZipEntry> all = new ArrayList<>(zip.stream().map(e -> (ZipEntry) e).toList());
        if (all.size() > MOST_ENTRIES) {
          throw refused("has " + all.size() + " entries; at most " + MOST_ENTRIES + " are allowed");
        }
        Manifest manifest = null;
        for (ZipEntry entry : all) {
          checkName(entry);
          try (InputStream in = zip.getInputStream(entry)) {
            if (in == null) {
              throw refused("is corrupt: its entry " + entry.getName() + " is missing");
            }
            checkContent(entry, in);
          }
          if (entry.getName().equals("META-INF/MANIFEST.MF")) {
            manifest = manifest(zip, entry);
          }
        }
        if (manifest == null) {
          throw refused("is not a bundle: it has no manifest");
        }
        return manifest;
      } catch (IOException | IllegalArgumentException e) {
        throw refused("is not a jar, or is corrupt: " + ErrorText.of(e));
      }
    }

    private Manifest manifest(ZipFile zip, ZipEntry entry) throws IOException {
      try (InputStream in = zip.getInputStream(entry)) {
        return new Manifest(in);
      } catch (IOException e) {
        throw refused("has a manifest that cannot be read: " + ErrorText.of(e));
      }
    }

    private void checkName(ZipEntry entry) {
      String path = entry.getName();
      if (path.startsWith("/")
          || path.contains("\\")
          || path.matches("[A-Za-z]:.*")
          || List.of(path.split("/", -1)).contains("..")) {
        throw refused("has an entry that would be unpacked outside the target folder: " + path);
      } else if (!entries.add(path)) {
        throw refused("has the entry " + path + " twice");
      }
      int end = path.lastIndexOf('/');
      if (path.endsWith(".class") && end > 0 && !path.startsWith("META-INF/")) {
        String inPackage = path.substring(0, end).replace('/', '.');
        if (hostNames.isPackage(inPackage)) {
          throw refused(
              "has classes in the package "
                  + inPackage
                  + " of the host; import the package instead");
        }
      }
    }

    private void checkContent(ZipEntry entry, InputStream in) throws IOException {
      CRC32 sum = new CRC32();
      byte[] head = new byte[8];
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; size + i < head.length && i < n; i++) {
          head[(int) size + i] = buffer[i];
        }
        sum.update(buffer, 0, n);
        size += n;
        total += n;
        if (total > MOST_BYTES
            || (size > LARGE_ENTRY
                && size / Math.max(1, entry.getCompressedSize()) > HIGHEST_RATIO)) {
          throw refused(
              "unpacks to more data than any plugin needs, at its entry " + entry.getName());
        }
      }
      if (entry.getCrc() != -1 && sum.getValue() != entry.getCrc()) {
        throw refused("is corrupt: the checksum of its entry " + entry.getName() + " is wrong");
      }
      if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
        checkClass(entry.getName(), head, size);
      }
    }

    private void checkClass(String entry, byte[] head, long size) {
      ByteBuffer buffer = ByteBuffer.wrap(head);
      if (size < head.length || buffer.getInt() != CLASS_MAGIC) {
        throw refused("is corrupt: " + entry + " is not a class");
      }
      buffer.getShort();
      int java = buffer.getShort() - MAJOR_OF_JAVA_0;
      if (java > Runtime.version().feature()) {
        throw refused(
            "is built for Java %d or later, but this is Java %d"
                .formatted(java, Runtime.version().feature()));
      }
    }

    private ProvisioningException refused(String what) {
      return ProvisioningException.refused(name + " " + what, "");
    }
  }
}
