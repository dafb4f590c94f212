package org.gantry.plugin.glyphs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A font that this plugin contains, so that no font has to be installed. */
enum BundledFont {
  /** Junction, a plain sans serif. */
  SANS("Junction.otf"),
  /** Roboto Slab, with slab serifs. */
  SLAB("RobotoSlab-Regular.otf"),
  /** Comfortaa, with round ends. */
  ROUND("Comfortaa-Regular.ttf"),
  /** Dancing Script, written by hand. */
  SCRIPT("DancingScript-Regular.otf"),
  /** Lobster Two, bold and italic. */
  BRUSH("LobsterTwo-BoldItalic.otf");

  private final String file;

  BundledFont(String file) {
    this.file = file;
  }

  /** The name of its class. */
  String className() {
    return name().toLowerCase(Locale.ROOT);
  }

  FontOutlines read() {
    try (InputStream stream = BundledFont.class.getResourceAsStream(file)) {
      return FontOutlines.parse(className(), stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled " + file, e);
    }
  }
}
