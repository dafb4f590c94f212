package org.gantry.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.gantry.host.support.AtomicFiles;

/**
 * A folder with native libraries that the engine loads in place of the product's own, such as
 * libraries that can use a graphics card. The choice is a file in the state folder.
 *
 * @param folder the absolute folder with the libraries
 * @param version the version of the libraries, such as {@code 2.7.1}
 * @param flavour what they compute on, as the engine's files name it: {@code cpu}, or {@code cu128}
 *     for CUDA 12.8
 */
public record EngineLibrary(Path folder, String version, String flavour) {

  private static final String FILE = "engine.properties";
  private static final String FOLDER_KEY = "folder";
  private static final String VERSION_KEY = "version";
  private static final String FLAVOUR_KEY = "flavour";

  /**
   * Reads the choice of a user.
   *
   * @param state the state folder
   * @return empty if the product's own libraries are chosen
   * @throws IOException if the file cannot be read or is incomplete
   */
  public static Optional<EngineLibrary> chosen(Path state) throws IOException {
    Path file = state.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is corrupt: " + e.getMessage(), e);
    }
    return Optional.of(
        new EngineLibrary(
            Path.of(required(properties, FOLDER_KEY, file)),
            required(properties, VERSION_KEY, file),
            required(properties, FLAVOUR_KEY, file)));
  }

  private static String required(Properties properties, String key, Path file) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(file + " has no line '" + key + "=...'");
    }
    return value;
  }

  /**
   * Makes this the choice of the user.
   *
   * @param state the state folder; created if it is missing
   */
  public void choose(Path state) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(FOLDER_KEY, folder.toString());
    properties.setProperty(VERSION_KEY, version);
    properties.setProperty(FLAVOUR_KEY, flavour);
    StringWriter text = new StringWriter();
    properties.store(text, "The libraries of the tensor engine; see 'gantry engine'");
    Files.createDirectories(state);
    AtomicFiles.write(state.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the product's own libraries the choice of the user. */
  public static void chooseBundled(Path state) throws IOException {
    Files.deleteIfExists(state.resolve(FILE));
  }
}
