package org.gantry.plugin.imagefolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/** The formats of pictures that are read. A file has the format that its first bytes show. */
enum PictureFormat {
  PNG,
  JPEG,
  GIF,
  BMP,
  TIFF,
  WEBP;

  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp");

  /** The endings of pictures in formats that are not read. */
  private static final Set<String> OTHER_ENDINGS =
      Set.of(
          "avif", "heic", "heif", "jxl", "jp2", "j2k", "svg", "psd", "ico", "tga", "pcx", "pbm",
          "pgm", "ppm", "exr", "hdr", "dds", "qoi", "dng", "cr2", "nef", "arw", "apng", "mng");

  private static final int START_BYTES = 16;

  /** Returns the names of the formats, for messages. */
  static String names() {
    return "PNG, JPEG, GIF, BMP, TIFF or WebP";
  }

  /** Returns whether a file's name has the ending of a format that is read. */
  static boolean isRead(String name) {
    return ENDINGS.contains(ending(name));
  }

  /** Returns whether a file's name has the ending of a format that is known but not read. */
  static boolean isKnown(String name) {
    return OTHER_ENDINGS.contains(ending(name));
  }

  /** Returns a file's path without the ending of its name. */
  static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }

  static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Recognises a format by the first bytes of a file. The stream returns to its start.
   *
   * @throws UnreadablePictureException if the file has another format
   */
  static PictureFormat of(ImageInputStream stream) throws IOException {
    byte[] bytes = new byte[START_BYTES];
    stream.seek(0);
    int length = 0;
    for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(0, read)) {
      read = stream.read(bytes, length, bytes.length - length);
    }
    stream.seek(0);
    String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return GIF;
    } else if (start.startsWith("BM")) {
      return BMP;
    } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    } else if (start.startsWith("II*\0")
        || start.startsWith("MM\0*")
        || start.startsWith("II+\0")
        || start.startsWith("MM\0+")) {
      return TIFF;
    }
    throw new UnreadablePictureException(otherFormat(start));
  }

  private static String otherFormat(String start) {
    if (start.isEmpty()) {
      return "it is empty";
    }
    String brand =
        start.startsWith("ftyp", 4) && start.length() >= 12 ? start.substring(8, 12) : "";
    String other =
        switch (brand) {
          case "avif", "avis" -> "an AVIF";
          case "heic", "heix", "hevc", "mif1", "msf1" -> "a HEIF";
          default -> start.startsWith("8BPS") ? "a Photoshop" : "";
        };
    return other.isEmpty()
        ? "it is not a " + names() + " file"
        : "it is " + other + " file, which is not supported; convert it to PNG or WebP";
  }
}
