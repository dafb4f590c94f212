package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.imageio.stream.ImageInputStream;
import org.gantry.data.DataInventory.OmittedFile;

/**
 * The files in a zip archive. The archive stays open until the data set is no longer used; the
 * platform then closes it.
 */
record ZipSource(Path archive, ZipFile zip, List<String> names, List<OmittedFile> omitted)
    implements PictureSource {

  /** The names in archives of older programs. */
  private static final Charset OLD_NAMES =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

  static ZipSource of(Path archive) throws IOException {
    ZipFile zip = open(archive);
    FileSorter sorter = new FileSorter();
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!entry.isDirectory()) {
        sorter.add(entry.getName());
      }
    }
    return new ZipSource(archive, zip, sorter.pictures(), sorter.omitted());
  }

  private static ZipFile open(Path archive) throws IOException {
    try {
      return new ZipFile(archive.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return new ZipFile(archive.toFile(), OLD_NAMES);
    }
  }

  @Override
  public String label() {
    return archive.toString();
  }

  @Override
  public String place(String name) {
    return archive + "!/" + name;
  }

  @Override
  public String stamp(String name) {
    return Long.toString(zip.getEntry(name).getSize());
  }

  @Override
  public ImageInputStream open(String name) throws IOException {
    return PictureHeader.streamOf(read(name));
  }

  @Override
  public byte[] read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      // The archive may announce another size than it has.
      bytes = in.readNBytes((int) PictureLimits.MOST_FILE_BYTES + 1);
    }
    PictureLimits.requireAllowedFile(bytes.length);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
      throw new UnreadablePictureException("it is damaged: its checksum in the archive is wrong");
    }
    return bytes;
  }
}
