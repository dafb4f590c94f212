package org.gantry.serving.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.gantry.host.support.ErrorText;

/** Reads bodies up to a limit. */
final class RequestBody {

  /** How much more than allowed is read, so that the sender gets the answer and not a reset. */
  private static final long DRAINED = 64L << 20;

  private RequestBody() {}

  /**
   * Reads a body into memory.
   *
   * @throws RefusalException if it is longer, or ends too early
   */
  static byte[] read(InputStream body, int most) {
    try {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLong(body, most);
      }
      return bytes;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Copies a body to a file.
   *
   * @throws RefusalException if it is longer or empty, or ends too early
   */
  static void copy(InputStream body, long most, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
        total += read;
        if (total > most) {
          throw tooLong(body, most);
        }
        out.write(buffer, 0, read);
      }
      if (total == 0) {
        throw RefusalException.wrong(
            "the body: expected a picture, and it is empty", "Send the file as the body.");
      }
    }
  }

  private static int read(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static RefusalException tooLong(InputStream body, long most) {
    byte[] buffer = new byte[1 << 16];
    try {
      for (long drained = 0; drained < DRAINED; ) {
        int read = body.read(buffer);
        if (read < 0) {
          break;
        }
        drained += read;
      }
    } catch (IOException e) {
      return broken(e);
    }
    return new RefusalException(
        RefusalException.TOO_LARGE,
        String.format(Locale.ROOT, "the body: expected at most %,d bytes", most),
        "Send a smaller picture.");
  }

  private static RefusalException broken(IOException e) {
    return RefusalException.wrong("the body cannot be read: " + ErrorText.message(e), "");
  }
}
