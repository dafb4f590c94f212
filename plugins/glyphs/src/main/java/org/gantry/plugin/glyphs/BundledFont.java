package org.gantry.plugin.glyphs;

import java.util.Locale;
import org.gantry.data.BundledFile;

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
    return new BundledFile(BundledFont.class, file)
        .read(stream -> FontOutlines.parse(className(), stream.readAllBytes()));
  }
}
