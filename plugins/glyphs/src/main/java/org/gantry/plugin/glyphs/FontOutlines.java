package org.gantry.plugin.glyphs;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.fontbox.cff.CFFCIDFont;
import org.apache.fontbox.cff.CFFFont;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.gantry.component.UnusableComponentException;

/** The characters of a font as outlines. */
final class FontOutlines {

  private static final int MOST_BYTES = 128 << 20;

  private final String name;
  private final byte[] content;

  private FontOutlines(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  /**
   * Reads a TTF or OTF file. Its name without the ending is the name of the font.
   *
   * @throws UnusableComponentException if it cannot be read; the message names the file
   */
  static FontOutlines read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new UnusableComponentException(file + " is too large for a font");
      }
      String fileName = file.getFileName().toString();
      int dot = fileName.lastIndexOf('.');
      return parse(dot > 0 ? fileName.substring(0, dot) : fileName, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UnusableComponentException(
          file + " does not exist; name a TTF or OTF file, or leave it out");
    } catch (IOException e) {
      throw new UnusableComponentException(
          "%s cannot be read as a TTF or OTF font (%s); name another file"
              .formatted(file, e.getMessage()));
    }
  }

  /**
   * Checks that a file is a font.
   *
   * @throws IOException otherwise
   */
  static FontOutlines parse(String name, byte[] content) throws IOException {
    FontOutlines font = new FontOutlines(name, content);
    font.open().close();
    return font;
  }

  /** The name of the font, for labels and messages. */
  String name() {
    return name;
  }

  private OpenTypeFont open() throws IOException {
    try {
      return new OTFParser().parse(new RandomAccessReadBuffer(content));
    } catch (RuntimeException e) {
      throw new IOException("its content is damaged", e);
    }
  }

  /**
   * Returns the outline of each character, in the order of the set. One em is 1, the baseline is y
   * = 0, and y grows upwards.
   *
   * @throws UnusableComponentException if the font lacks characters; the message names them
   */
  Map<Integer, Path2D> outlines(CharacterSet characters) {
    Map<Integer, Path2D> outlines = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    try (OpenTypeFont font = open()) {
      CmapLookup numbers = font.getUnicodeCmapLookup();
      double scale = 1.0 / font.getUnitsPerEm();
      for (int character : characters.codePoints()) {
        int glyph = numbers.getGlyphId(character);
        Path2D outline = new Path2D.Double();
        if (glyph > 0) {
          outline.append(path(font, glyph), false);
        }
        outline.transform(AffineTransform.getScaleInstance(scale, scale));
        if (GlyphRenderer.bounds(outline).isEmpty()) {
          missing.add(Character.toString(character));
        }
        outlines.put(character, outline);
      }
    } catch (IOException | RuntimeException e) {
      throw new UnusableComponentException(
          "the font %s has a damaged glyph (%s); name another file"
              .formatted(name, e.getMessage()));
    }
    if (!missing.isEmpty()) {
      throw new UnusableComponentException(
          "the font %s cannot draw %d of the characters, such as %s; leave them or the font out"
              .formatted(name, missing.size(), missing.get(0)));
    }
    return outlines;
  }

  private static Path2D path(OpenTypeFont font, int glyph) throws IOException {
    if (font.isPostScript() && font.isSupportedOTF()) {
      CFFFont outlines = font.getCFF().getFont();
      int key = outlines instanceof CFFCIDFont ? outlines.getCharset().getCIDForGID(glyph) : glyph;
      return outlines.getType2CharString(key).getPath();
    }
    GlyphData data = font.getGlyph().getGlyph(glyph);
    return data == null ? new Path2D.Double() : data.getPath();
  }
}
