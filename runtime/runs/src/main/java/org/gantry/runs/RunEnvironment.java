package org.gantry.runs;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.tensor.ComputeDevice;

/**
 * Where a run was trained; the part of its {@code environment.json} that matters for resuming.
 *
 * @param created when the run began
 * @param engine the name of the engine, such as {@code PyTorch}
 * @param engineVersion the version of the engine
 * @param threads the number of threads that the engine used
 * @param device the device that the engine used
 */
public record RunEnvironment(
    Instant created, String engine, String engineVersion, int threads, ComputeDevice device) {

  /** This process, with a number of threads and a device of the engine. */
  public static RunEnvironment current(int threads, ComputeDevice device) {
    Engine engine = Engine.getInstance();
    return new RunEnvironment(
        Instant.now(), engine.getEngineName(), engine.getVersion(), threads, device);
  }

  /** Whether both have the same engine in the same version. */
  public boolean hasSameEngine(RunEnvironment other) {
    return engine.equals(other.engine) && engineVersion.equals(other.engineVersion);
  }

  /** The content of {@code environment.json}: this, and this machine and its Java. */
  public ObjectNode toJson() {
    ObjectNode environment = JsonFiles.object();
    environment.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
    environment
        .putObject("java")
        .put("version", Runtime.version().toString())
        .put("vendor", System.getProperty("java.vendor"));
    environment
        .putObject("os")
        .put("name", System.getProperty("os.name"))
        .put("version", System.getProperty("os.version"))
        .put("architecture", System.getProperty("os.arch"));
    environment.put("processors", Runtime.getRuntime().availableProcessors());
    environment
        .putObject("engine")
        .put("name", engine)
        .put("version", engineVersion)
        .put("djl", Engine.getDjlVersion())
        .put("threads", threads)
        .put("device", device.name());
    return environment;
  }

  /**
   * Reads {@code environment.json}.
   *
   * @throws IOException if the file cannot be read, lacks a field, or has an invalid time or device
   */
  static RunEnvironment read(Path file) throws IOException {
    JsonNode environment = JsonFiles.read(file);
    JsonNode engine = JsonFiles.required(environment, "engine", file);
    String created = JsonFiles.required(environment, "created", file).asText();
    try {
      return new RunEnvironment(
          Instant.parse(created),
          JsonFiles.required(engine, "name", file).asText(),
          JsonFiles.required(engine, "version", file).asText(),
          JsonFiles.required(engine, "threads", file).asInt(),
          new ComputeDevice(JsonFiles.required(engine, "device", file).asText()));
    } catch (DateTimeParseException e) {
      throw new IOException(file + " has the invalid time '" + created + "'", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " has an invalid device: " + e.getMessage(), e);
    }
  }
}
