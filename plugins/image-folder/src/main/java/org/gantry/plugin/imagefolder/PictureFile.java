package org.gantry.plugin.imagefolder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.imageio.stream.ImageInputStream;
import org.gantry.component.UnusableComponentException;

/** A picture in a source. */
record PictureFile(PictureSource source, String name) {

  /**
   * Reads the header, and checks that the file ends as its format demands. Reads little of the file
   * unless its end is unusual.
   *
   * @throws UnusableComponentException if the file cannot be read; the message names it
   */
  PictureHeader check() {
    try (ImageInputStream stream = source.open(name)) {
      boolean usual = FileEnd.isUsual(PictureFormat.of(stream), stream);
      PictureHeader header = PictureHeader.read(stream);
      if (!usual) {
        decode();
      }
      return header;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /**
   * Decodes the picture, turns it upright, and puts it on white.
   *
   * @throws UnusableComponentException if that fails; the message names the file
   */
  RgbPicture decode() {
    return decode(PictureDecoder::decode);
  }

  /** Decodes the content of a file. */
  private interface Decoding {

    RgbPicture decode(byte[] file) throws IOException;
  }

  private RgbPicture decode(Decoding decoding) {
    try {
      return decoding.decode(source.read(name));
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    } catch (OutOfMemoryError e) {
      throw new UnusableComponentException(
          source.place(name)
              + " does not fit into memory; scale it down, or set GANTRY_OPTS=-Xmx8g");
    }
  }

  /**
   * Decodes the picture and brings it to a size.
   *
   * @return unsigned bytes in the order (channel, row, column)
   * @throws UnusableComponentException if that fails; the message names the file
   */
  byte[] values(int width, int height, RgbPicture.FitMode fit, RgbPicture.ColorMode channels) {
    try {
      RgbPicture picture =
          channels == RgbPicture.ColorMode.ALPHA
              ? decode(PictureDecoder::decodeOpacity)
              : decode(PictureDecoder::decode);
      return picture.fitted(width, height, fit).values(channels);
    } catch (UnreadablePictureException e) {
      throw unreadable(e);
    }
  }

  private UnusableComponentException unreadable(Exception failure) {
    if (failure instanceof UnusableComponentException unusable) {
      return unusable;
    }
    UnusableComponentException unusable =
        new UnusableComponentException(
            source.place(name)
                + " cannot be read as an image: "
                + reason(failure)
                + "; repair or remove it, or set unreadable: skip");
    unusable.initCause(failure);
    return unusable;
  }

  /** Why reading a picture failed, as part of a sentence. */
  static String reason(Exception failure) {
    if (failure instanceof UnreadablePictureException unreadable) {
      return unreadable.getMessage();
    } else if (failure instanceof AccessDeniedException) {
      return "permission denied";
    } else if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    } else if (failure instanceof EOFException || failure.getCause() instanceof EOFException) {
      return "it is truncated";
    }
    String message = failure.getMessage();
    return failure instanceof RuntimeException || message == null
        ? "its content is damaged"
        : "its content is damaged (" + message.strip() + ")";
  }
}
