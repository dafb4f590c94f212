package org.gantry.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The records of a TorchScript archive, to be changed and written again.
 *
 * @param records contents by full name
 */
record EditedArchive(Map<String, byte[]> records) {

  static final String SCRIPT = "network/code/__torch__.py";

  static EditedArchive read(Path file) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        records.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return new EditedArchive(records);
  }

  /** Changes the text of a record. */
  EditedArchive edit(String record, UnaryOperator<String> change) {
    String text = new String(records.get(record), StandardCharsets.ISO_8859_1);
    records.put(record, change.apply(text).getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Inserts lines before the first statement of {@code forward}. */
  EditedArchive insert(String lines) {
    return edit(
        SCRIPT,
        script ->
            script.replaceFirst(
                "(?m)^( +def forward.*\n)", "$1" + Matcher.quoteReplacement(lines.indent(4))));
  }

  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(record.getValue());
        ZipEntry entry = new ZipEntry(record.getKey());
        entry.setSize(record.getValue().length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(record.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
