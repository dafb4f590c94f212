package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunFolder.LockedComponent;
import org.gantry.runs.RunState;
import org.gantry.runs.internal.CheckpointStore.DamagedCheckpoint;

/** What a run writes down about itself, as JSON. */
public final class RunRecords {

  private RunRecords() {}

  /** The state as it is kept. */
  public static ObjectNode state(RunState state) {
    return JsonFiles.object()
        .put("status", state.status().name().toLowerCase(Locale.ROOT))
        .put("step", state.step())
        .put("steps", state.steps())
        .put("seconds", JsonFiles.seconds(state.seconds()))
        .put("reason", state.reason())
        .put("resumed", state.resumeCount())
        .put("trouble", state.trouble());
  }

  /** Reads a state. */
  public static RunState state(Path file) throws IOException {
    JsonNode node = JsonFiles.read(file);
    String status = JsonFiles.required(node, "status", file).asText();
    for (RunState.RunStatus known : RunState.RunStatus.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(status)) {
        return new RunState(
            known,
            JsonFiles.required(node, "step", file).asLong(),
            JsonFiles.required(node, "steps", file).asLong(),
            JsonFiles.required(node, "seconds", file).asDouble(),
            JsonFiles.required(node, "reason", file).asText(),
            node.path("resumed").asInt(),
            node.path("trouble").asText());
      }
    }
    throw new IOException(file + " has the unknown status '" + status + "'");
  }

  /** The components used, and the jars that they come from. */
  public static ObjectNode lock(ComposedRecipe composed) {
    ObjectNode lock = JsonFiles.object();
    ArrayNode list = lock.putArray("components");
    for (ComponentInfo component : composed.components()) {
      list.addObject()
          .put("kind", component.kind())
          .put("name", component.name())
          .put("version", component.version())
          .put("bundle", component.bundle())
          .put("bundleVersion", component.bundleVersion())
          .put("sha256", sha256(component, composed.plugins()));
    }
    return lock;
  }

  private static String sha256(ComponentInfo component, List<PluginJar> jars) {
    return jars.stream()
        .filter(jar -> jar.name().equals(component.bundle()))
        .filter(jar -> jar.version().equals(component.bundleVersion()))
        .map(PluginJar::sha256)
        .findFirst()
        .orElse("");
  }

  /** Reads the components used. */
  public static List<LockedComponent> lock(Path file) throws IOException {
    List<LockedComponent> components = new ArrayList<>();
    for (JsonNode entry : JsonFiles.required(JsonFiles.read(file), "components", file)) {
      components.add(
          new LockedComponent(
              JsonFiles.required(entry, "kind", file).asText(),
              JsonFiles.required(entry, "name", file).asText(),
              JsonFiles.required(entry, "version", file).asText(),
              JsonFiles.required(entry, "bundle", file).asText(),
              JsonFiles.required(entry, "bundleVersion", file).asText(),
              entry.path("sha256").asText()));
    }
    return components;
  }

  /**
   * Where a run takes place.
   *
   * @param engine the engine's name, such as {@code PyTorch}
   * @param engineVersion its version
   * @param djlVersion the version of DJL
   * @param threads the threads that the engine uses
   */
  public static ObjectNode environment(
      Instant created, String engine, String engineVersion, String djlVersion, int threads) {
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
        .put("djl", djlVersion)
        .put("threads", threads);
    return environment;
  }

  /** When a run was created, from its record of where it took place. */
  public static Instant created(Path environment) throws IOException {
    String text = JsonFiles.required(JsonFiles.read(environment), "created", environment).asText();
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException(environment + " has the unknown time '" + text + "'", e);
    }
  }

  /** What a run's record of where it took place says of the engine. */
  public static EngineInfo engine(Path environment) throws IOException {
    JsonNode engine = JsonFiles.required(JsonFiles.read(environment), "engine", environment);
    return new EngineInfo(
        JsonFiles.required(engine, "name", environment).asText(),
        JsonFiles.required(engine, "version", environment).asText(),
        JsonFiles.required(engine, "threads", environment).asInt());
  }

  /**
   * What computed a run.
   *
   * @param name the engine's name, such as {@code PyTorch}
   * @param version its version
   * @param threads the threads that it used
   */
  public record EngineInfo(String name, String version, int threads) {}

  /**
   * A line on a run that was continued.
   *
   * @param at when
   * @param step the steps that lay behind
   * @param amendment how many steps to do, and what differs from what was recorded
   * @param otherPlugins how the plugins differ from those recorded, one clause each
   * @param damaged the checkpoints that were passed over
   * @param environment where it goes on
   */
  public static ObjectNode resumed(
      Instant at,
      long step,
      RecipeAmendment amendment,
      List<String> otherPlugins,
      List<DamagedCheckpoint> damaged,
      ObjectNode environment) {
    ObjectNode line =
        JsonFiles.object()
            .put("event", "resumed")
            .put("at", at.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("step", step)
            .put("steps", amendment.steps());
    ArrayNode changes = line.putArray("changes");
    for (RecipeDifference difference : amendment.differences()) {
      changes
          .addObject()
          .put("path", difference.path())
          .put("before", difference.before().orElse(null))
          .put("after", difference.after().orElse(null));
    }
    ArrayNode unrepeatable = line.putArray("unrepeatable");
    amendment.unrepeatable().forEach(difference -> unrepeatable.add(difference.path()));
    ArrayNode plugins = line.putArray("plugins");
    otherPlugins.forEach(plugins::add);
    ArrayNode skipped = line.putArray("damaged");
    for (DamagedCheckpoint checkpoint : damaged) {
      skipped
          .addObject()
          .put("checkpoint", checkpoint.path().getFileName().toString())
          .put("reason", checkpoint.reason());
    }
    line.set("environment", environment);
    return line;
  }

  /**
   * A line on a finding that appeared or is gone.
   *
   * @param number of the line among its like
   * @param done what was done about it, as clauses
   */
  static ObjectNode finding(
      long number, long step, WatchdogRunner.FindingEvent news, List<String> done) {
    ObjectNode line =
        JsonFiles.object()
            .put("event", news.appeared() ? "found" : "gone")
            .put("number", number)
            .put("step", step)
            .put("watchdog", news.open().watchdog());
    line.setAll(TrainingHealth.finding(news.open().finding()));
    ArrayNode clauses = line.putArray("done");
    done.forEach(clauses::add);
    return line;
  }

  /**
   * A line on what remedies changed.
   *
   * @param number of the line among its like
   * @param back the step that the training went back to
   */
  static ObjectNode treated(
      long number, long step, String watchdog, Optional<Long> back, List<Change> changes) {
    ObjectNode line =
        JsonFiles.object()
            .put("event", back.isPresent() ? "rolled-back" : "changed")
            .put("number", number)
            .put("step", step)
            .put("watchdog", watchdog);
    back.ifPresent(b -> line.put("to", b));
    line.set("changes", TrainingHealth.changes(changes));
    return line;
  }

  /**
   * A line on a change that the recipe has for a step, or that was asked for.
   *
   * @param number of the line among its like
   * @param anew what could not be carried over, as clauses
   */
  static ObjectNode changed(long number, long step, Change change, List<String> anew) {
    ObjectNode line =
        JsonFiles.object().put("event", "changed").put("number", number).put("step", step);
    line.set("changes", TrainingHealth.changes(List.of(change)));
    ArrayNode clauses = line.putArray("anew");
    anew.forEach(clauses::add);
    return line;
  }

  /** The answer to somebody whose changes were made. */
  static ObjectNode changed(long step, List<Change> changes, List<String> anew) {
    ObjectNode answer = JsonFiles.object().put("step", step);
    answer.set("changes", TrainingHealth.changes(changes));
    ArrayNode clauses = answer.putArray("anew");
    anew.forEach(clauses::add);
    return answer;
  }

  /** The answer to somebody whose changes cannot be made. */
  static ObjectNode refused(List<InputProblem> problems) {
    ObjectNode answer = JsonFiles.object();
    ArrayNode list = answer.putArray("problems");
    for (InputProblem problem : problems) {
      list.addObject()
          .put("message", problem.message())
          .put("expected", problem.expected())
          .put("fix", fix(problem));
    }
    return answer;
  }

  private static String fix(InputProblem problem) {
    return problem.missing().isEmpty()
        ? problem.fix()
        : (problem.fix() + " A training knows the plugins that were installed when it began.")
            .strip();
  }

  /** A line of metrics. */
  static ObjectNode metrics(long step, double seconds, Map<String, Double> values) {
    ObjectNode line =
        JsonFiles.object().put("step", step).put("seconds", JsonFiles.seconds(seconds));
    line.set("values", JsonFiles.numbers(values));
    return line;
  }

  /** A line of evaluations. */
  public static ObjectNode evaluation(EvaluationResult evaluation) {
    ObjectNode line =
        JsonFiles.object()
            .put("step", evaluation.step())
            .put("count", evaluation.count())
            .put("seed", evaluation.seed())
            .put("seconds", JsonFiles.seconds(evaluation.seconds()));
    line.set("figures", JsonFiles.numbers(evaluation.figures()));
    return line;
  }

  /** Reads a line of evaluations. */
  public static EvaluationResult evaluation(JsonNode line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    line.path("figures")
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), JsonFiles.number(figure.getValue())));
    return new EvaluationResult(
        line.path("step").asLong(),
        line.path("count").asInt(),
        line.path("seed").asLong(),
        line.path("seconds").asDouble(),
        figures);
  }
}
