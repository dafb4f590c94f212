package org.gantry.plugin.imagefolder;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * Creates readers of pictures. The same file gives the same pixels whatever other readers are
 * registered in the process: only the platform's own readers and those of this bundle are used.
 */
final class PictureReaders {

  private static final String PLATFORM = "com.sun.imageio.";

  private PictureReaders() {}

  /** Creates a reader. The caller disposes of it. */
  static ImageReader create(PictureFormat format) throws IOException {
    return switch (format) {
      case JPEG -> jpegReader().createReaderInstance(null);
      case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      case PNG, GIF, BMP -> platformReader(format).createReaderInstance(null);
    };
  }

  /** This bundle's JPEG reader decodes by the platform's, which it finds in a registry. */
  private static ImageReaderSpi jpegReader() {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    registry.registerServiceProvider(platformReader(PictureFormat.JPEG));
    JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
    provider.onRegistration(registry, ImageReaderSpi.class);
    return provider;
  }

  private static ImageReaderSpi platformReader(PictureFormat format) {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT));
    while (readers.hasNext()) {
      ImageReaderSpi provider = readers.next().getOriginatingProvider();
      if (provider.getClass().getName().startsWith(PLATFORM)) {
        return provider;
      }
    }
    throw new IllegalStateException("every Java platform reads " + format);
  }
}
