package org.gantry.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The records of a TorchScript archive in memory, by their names without the archive's folder.
 *
 * <p>Only these records reach libtorch, in a new archive. The two programs may read a damaged zip
 * file differently, but they read the same records.
 *
 * @param records the records that libtorch reads, and the extra texts
 */
record ModuleArchive(Map<String, byte[]> records) {

  static final String EXTRA = "extra/";
  static final String CODE = "code/";

  /** The largest text or pickle; those of real networks are a hundred times smaller. */
  private static final int TEXT_BYTES = 16 << 20;

  private static final int RECORDS = 100_000;

  /**
   * Reads a file.
   *
   * @throws ArchiveException if two records have the same name, a record is larger than it says, or
   *     its checksum is wrong
   */
  static ModuleArchive read(Path file) throws IOException, ArchiveException {
    Map<String, byte[]> records = new TreeMap<>();
    String folder = null;
    long texts = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > RECORDS) {
        throw new ArchiveException("it has more than %d records".formatted(RECORDS));
      }
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        int slash = entry.getName().indexOf('/');
        String top = entry.getName().substring(0, Math.max(0, slash));
        if (slash < 1 || (folder != null && !folder.equals(top))) {
          throw new ArchiveException("its records are not in one folder");
        }
        folder = top;
        String name = entry.getName().substring(slash + 1);
        if (entry.isDirectory() || !isRead(name)) {
          continue;
        }
        byte[] content = content(zip, entry, name);
        texts += isTensor(name) ? 0 : content.length;
        if (texts > TEXT_BYTES) {
          throw new ArchiveException("its texts have more than %d bytes".formatted(TEXT_BYTES));
        }
        if (records.put(name, content) != null) {
          throw new ArchiveException("it has two records %s".formatted(name));
        }
      }
    }
    return new ModuleArchive(records);
  }

  /** Whether a record is read; others are for debuggers, or for programs other than libtorch. */
  private static boolean isRead(String name) {
    return name.equals("data.pkl")
        || name.equals("constants.pkl")
        || name.equals("version")
        || name.equals("byteorder")
        || isTensor(name)
        || (name.startsWith(CODE) && name.endsWith(".py"))
        || name.startsWith(EXTRA);
  }

  private static boolean isTensor(String name) {
    return name.matches("(data|constants)/[0-9]{1,9}");
  }

  private static byte[] content(ZipFile zip, ZipEntry entry, String name)
      throws IOException, ArchiveException {
    long size = entry.getSize();
    // PyTorch compresses texts only.
    if (isTensor(name) ? entry.getMethod() != ZipEntry.STORED : size > TEXT_BYTES) {
      throw new ArchiveException("its record %s is compressed or too large".formatted(name));
    } else if (size < 0 || size > Integer.MAX_VALUE - Long.BYTES) {
      throw new ArchiveException("its record %s has more than 2 GiB".formatted(name));
    }
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes((int) size);
      if (content.length < size || in.read() >= 0) {
        throw new ArchiveException("its record %s does not have %d bytes".formatted(name, size));
      }
    }
    CRC32 checksum = new CRC32();
    checksum.update(content);
    if (checksum.getValue() != entry.getCrc()) {
      throw new ArchiveException("its record %s is corrupt (checksum mismatch)".formatted(name));
    }
    return content;
  }

  /**
   * The bytes of a record.
   *
   * @throws ArchiveException if the archive has no such record
   */
  byte[] require(String name) throws ArchiveException {
    byte[] content = records.get(name);
    if (content == null) {
      throw new ArchiveException("it has no record " + name);
    }
    return content;
  }

  /** The extra texts, by name. */
  Map<String, String> extras() {
    Map<String, String> extras = new TreeMap<>();
    records.forEach(
        (name, content) -> {
          if (name.startsWith(EXTRA)) {
            extras.put(name.substring(EXTRA.length()), new String(content, StandardCharsets.UTF_8));
          }
        });
    return extras;
  }
}
