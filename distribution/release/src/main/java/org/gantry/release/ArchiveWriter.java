package org.gantry.release;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes archives whose bytes depend on their files only.
 *
 * @param base the folder that has all files, which is also the name of the archive
 * @param time of all files
 */
record ArchiveWriter(String base, Instant time) {

  private static final int FOLDER_MODE = 0755;

  /** What an archive is. */
  enum ArchiveFormat {
    TAR_GZ(".tar.gz"),
    ZIP(".zip");

    private final String ending;

    ArchiveFormat(String ending) {
      this.ending = ending;
    }
  }

  /** Writes an archive into a folder, and returns it. */
  Path write(FileTree tree, ArchiveFormat format, Path folder) throws IOException {
    Path archive = folder.resolve(base + format.ending);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
      if (format == ArchiveFormat.ZIP) {
        writeZip(tree, out);
      } else {
        writeTarGz(tree, base + "/", out);
      }
    }
    return archive;
  }

  /**
   * Writes a compressed tar.
   *
   * @param prefix precedes every path
   */
  void writeTarGz(FileTree tree, String prefix, OutputStream out) throws IOException {
    GzipParameters parameters = new GzipParameters();
    // Most of the bytes are jars, which other levels make hardly smaller.
    parameters.setCompressionLevel(Deflater.BEST_SPEED);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out, parameters))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.putArchiveEntry(entry(prefix, FOLDER_MODE, 0));
      tar.closeArchiveEntry();
      for (String path : tree.folders()) {
        tar.putArchiveEntry(entry(prefix + path, FOLDER_MODE, 0));
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, Path> file : tree.files().entrySet()) {
        tar.putArchiveEntry(
            entry(
                prefix + file.getKey(),
                FileTree.mode(file.getValue()),
                Files.size(file.getValue())));
        Files.copy(file.getValue(), tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private TarArchiveEntry entry(String path, int mode, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setModTime(FileTime.from(time));
    entry.setMode(mode);
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }

  private void writeZip(FileTree tree, OutputStream out) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Map.Entry<String, Path> file : tree.files().entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(base + "/" + file.getKey());
        entry.setLastModifiedTime(FileTime.from(time));
        entry.setUnixMode(FileTree.mode(file.getValue()));
        zip.putArchiveEntry(entry);
        Files.copy(file.getValue(), zip);
        zip.closeArchiveEntry();
      }
    }
  }
}
