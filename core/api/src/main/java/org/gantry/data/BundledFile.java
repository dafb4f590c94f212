package org.gantry.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A file that a bundle contains, such as the images of a data set.
 *
 * @param owner a class of the bundle
 * @param name the name of the file, which lies in the package of the class
 */
public record BundledFile(Class<?> owner, String name) {

  /**
   * Reads a value from a stream.
   *
   * @param <T> the type of the value
   */
  @FunctionalInterface
  public interface StreamReader<T> {

    /** Reads the value; the caller closes the stream. */
    T read(InputStream stream) throws IOException;
  }

  /**
   * Opens the file, reads it, and closes it.
   *
   * @throws UncheckedIOException if the bundle does not contain the file, or reading fails
   */
  public <T> T read(StreamReader<T> reader) {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException("the bundle does not contain it");
      }
      return reader.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled " + name, e);
    }
  }
}
