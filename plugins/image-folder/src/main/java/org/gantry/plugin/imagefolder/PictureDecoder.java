package org.gantry.plugin.imagefolder;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/** Decodes pictures completely, or refuses them. */
final class PictureDecoder {

  /**
   * Warnings after which some pixels are invented. Others are about colour profiles and the like.
   */
  private static final Pattern DAMAGE =
      Pattern.compile(
          "premature|truncated|huffman|unexpected end|eof|end of (file|stream|data)"
              + "|corrupt jpeg data: (premature|bad|found)|missing|broken|damaged",
          Pattern.CASE_INSENSITIVE);

  private static final int CMYK = 4;

  private PictureDecoder() {}

  /**
   * Decodes a picture, turns it upright, and puts it on white.
   *
   * @param file the content of the file
   * @throws IOException if a part of the picture cannot be decoded
   */
  static RgbPicture decode(byte[] file) throws IOException {
    return decode(file, false);
  }

  /**
   * Decodes how opaque a picture is, and turns it upright: white where it is opaque, black where it
   * is transparent, and grey in between.
   *
   * @param file the content of the file
   * @throws IOException if a part of the picture cannot be decoded
   */
  static RgbPicture decodeOpacity(byte[] file) throws IOException {
    return decode(file, true);
  }

  private static RgbPicture decode(byte[] file, boolean opacity) throws IOException {
    PictureHeader header;
    try (ImageInputStream stream = PictureHeader.streamOf(file)) {
      header = PictureHeader.read(stream);
    }
    if (header.format() == PictureFormat.GIF) {
      return GifPicture.decode(file, opacity);
    }
    PixelRules rules;
    try (ImageInputStream stream = PictureHeader.streamOf(file)) {
      rules = requireComplete(header.format(), stream);
    }
    try (ImageInputStream stream = PictureHeader.streamOf(file)) {
      int[] pixels = pixels(header.format(), stream, rules, opacity);
      if (pixels.length != header.width() * header.height()) {
        throw new UnreadablePictureException("its pixels do not have the size of its header");
      }
      return new RgbPicture(header.width(), header.height(), pixels).upright(header.orientation());
    }
  }

  /**
   * What a reader leaves to its caller.
   *
   * @param paletteSize the number of colours of the palette; 0 if unknown
   * @param transparentGrey the grey value that the reader leaves opaque; -1 without one
   * @param cmyk the segments of a JPEG file with four components
   */
  private record PixelRules(int paletteSize, int transparentGrey, Optional<JpegSegments> cmyk) {

    static PixelRules ofPalette(int colours) {
      return new PixelRules(colours, -1, Optional.empty());
    }
  }

  /** Checks what the structure of the file shows. */
  private static PixelRules requireComplete(PictureFormat format, ImageInputStream stream)
      throws IOException {
    return switch (format) {
      case PNG -> {
        PngChunks chunks = PngChunks.read(stream, true);
        yield new PixelRules(chunks.paletteSize(), chunks.transparentGrey(), Optional.empty());
      }
      case WEBP -> {
        if (WebpChunks.read(stream).end() > stream.length() + 1) {
          throw new UnreadablePictureException("it is truncated");
        }
        yield PixelRules.ofPalette(0);
      }
      case JPEG ->
          new PixelRules(
              0, -1, Optional.of(JpegSegments.read(stream)).filter(it -> it.components() == CMYK));
      case GIF, BMP, TIFF -> PixelRules.ofPalette(0);
    };
  }

  private static int[] pixels(
      PictureFormat format, ImageInputStream stream, PixelRules rules, boolean opacity)
      throws IOException {
    ImageReader reader = PictureReaders.create(format);
    WarningCollector warnings = new WarningCollector();
    try {
      reader.setInput(stream, false, false);
      reader.addIIOReadWarningListener(warnings);
      int[] pixels;
      int[] opacities;
      if (rules.cmyk().isPresent()) {
        boolean luminance = rules.cmyk().get().luminance();
        pixels = OpaquePixels.ofCmyk(reader.readRaster(0, null), luminance);
        opacities = PixelOpacity.full(pixels.length);
      } else {
        BufferedImage image = reader.read(0);
        requirePalette(image, rules.paletteSize());
        pixels = OpaquePixels.of(image);
        opacities = PixelOpacity.of(image, pixels, rules.transparentGrey());
        if (rules.transparentGrey() >= 0) {
          OpaquePixels.whiten(pixels, rules.transparentGrey());
        }
      }
      if (warnings.damage().isPresent()) {
        throw new UnreadablePictureException(
            "its content is damaged (" + warnings.damage().get() + ")");
      }
      return opacity ? opacities : pixels;
    } finally {
      reader.dispose();
    }
  }

  /** Refuses indices beyond the palette, which have no colour. */
  private static void requirePalette(BufferedImage image, int paletteSize)
      throws UnreadablePictureException {
    if (!(image.getColorModel() instanceof IndexColorModel palette)) {
      return;
    }
    int colours = paletteSize == 0 ? palette.getMapSize() : paletteSize;
    Raster raster = image.getRaster();
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        if (index >= colours) {
          throw new UnreadablePictureException(
              "it has a pixel of colour %d, and its palette has %d colours"
                  .formatted(index, colours));
        }
      }
    }
  }

  /** Collects the first warning that means damage. */
  private static final class WarningCollector implements IIOReadWarningListener {

    private String damage;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      if (damage == null && DAMAGE.matcher(warning).find()) {
        damage = warning;
      }
    }

    Optional<String> damage() {
      return Optional.ofNullable(damage);
    }
  }
}
