package org.gantry.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.PluginComparison;
import org.gantry.runs.internal.RunFolderCreator;
import org.gantry.runs.internal.RunLock;
import org.gantry.runs.internal.RunRecords;

/**
 * The folder of one run.
 *
 * <pre>
 * recipe.yaml             the recipe as resolved, enough to compose it again
 * plugins.lock.json       the components used, with their bundles and versions
 * environment.json        where it ran
 * state.json              how far it has come
 * metrics.jsonl           the terms and watched values, one line every few steps
 * events.out.tfevents.*   the same as the metrics, for TensorBoard
 * evaluations.jsonl       one line for every evaluation
 * history.jsonl           one line for every time that it was continued, for what watchdogs found, and
 *                         for what was done about it, with what was changed
 * samples/step-000500.png what the generator made of the same codes, again and again
 * checkpoints/step-000500 all that is needed to continue or sample; the last few are kept
 * cache/                  what metrics keep for the next time
 * </pre>
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * The folder that a run gets when nobody names one.
   *
   * @param directory the working directory
   * @param name the recipe's name
   * @return {@code runs/NAME-NNN} in the directory, with the least number above those taken;
   *     nothing is created
   * @throws RunException if the folder of runs cannot be read
   */
  public static Path nextPath(Path directory, String name) {
    return RunFolderCreator.nextPath(directory.resolve("runs"), name);
  }

  /**
   * Creates the folder and writes everything that is known before the first step.
   *
   * @param path does not exist, or is an empty folder; missing parents are created
   * @throws RunException if the folder has content, something that is no folder is in the way, or
   *     writing fails; then nothing is left behind
   */
  public static RunFolder create(Path path, ComposedRecipe composed) {
    RunState start = new RunState(RunState.RunStatus.RUNNING, 0, composed.totalSteps(), 0, "", 0);
    ObjectNode environment = EngineThreads.environment(EngineThreads.forNewRun(composed));
    RunFolder folder = new RunFolder(path);
    // The state comes last: a folder is a run's from the moment that it has one.
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name(folder.recipe()), composed.yaml().getBytes(StandardCharsets.UTF_8));
    files.put(name(folder.lockFile()), JsonFiles.file(RunRecords.lock(composed)));
    files.put(name(folder.environmentFile()), JsonFiles.file(environment));
    files.put(name(folder.stateFile()), JsonFiles.file(RunRecords.state(start)));
    RunFolderCreator.create(
        path,
        List.of(name(folder.samples()), name(folder.checkpoints()), name(folder.cache())),
        files);
    return folder;
  }

  /**
   * Removes what a process left that was killed while it created a run folder; to be called where
   * that is known. A folder that is a run's is left alone, and so is what no creation makes.
   *
   * @throws RunException if something cannot be removed
   */
  public static void removeIncomplete(Path path) {
    RunFolder folder = new RunFolder(path);
    if (Files.exists(folder.stateFile())) {
      return;
    }
    try {
      RunFolderCreator.remove(
          List.of(
              folder.samples(),
              folder.checkpoints(),
              folder.cache(),
              folder.recipe(),
              folder.lockFile(),
              folder.environmentFile()));
      AtomicFiles.removePartials(path);
    } catch (IOException e) {
      throw new RunException("cannot clear the run folder " + path + ": " + ErrorText.of(e), e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /**
   * An existing run.
   *
   * @throws RunException if there is no folder of that name or it is not a run's
   */
  public static RunFolder open(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.isDirectory(path)) {
      throw new RunException(
          "there is no run folder " + path + (Files.exists(path) ? ": that is a file" : ""));
    }
    for (Path needed : List.of(folder.recipe(), folder.lockFile(), folder.stateFile())) {
      if (!Files.isRegularFile(needed)) {
        throw new RunException(
            path + " is not the folder of a run: it has no " + needed.getFileName());
      }
    }
    return folder;
  }

  /** The folder's own name, however the path to it was written. */
  public String name() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The resolved recipe. */
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /** The record of the components used. */
  public Path lockFile() {
    return path.resolve("plugins.lock.json");
  }

  /** The record of where the run took place. */
  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  /** The record of how far the run has come. */
  public Path stateFile() {
    return path.resolve("state.json");
  }

  /** The history of terms and watched values, as JSON lines. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The history of terms and watched values, as TensorBoard reads it. */
  public Path events() {
    return path.resolve("events.out.tfevents.1.gantry");
  }

  /** What happened to the run beside its steps, as JSON lines. */
  public Path history() {
    return path.resolve("history.jsonl");
  }

  /** The evaluations made so far, as JSON lines. */
  public Path evaluations() {
    return path.resolve("evaluations.jsonl");
  }

  /** The folder of pictures. */
  public Path samples() {
    return path.resolve("samples");
  }

  /** The folder of checkpoints. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The folder of what metrics keep. */
  public Path cache() {
    return path.resolve("cache");
  }

  /**
   * How far the run has come.
   *
   * @throws RunException if the record is missing or damaged
   */
  public RunState state() {
    try {
      return RunRecords.state(stateFile());
    } catch (IOException e) {
      throw new RunException("cannot read the run's state: " + ErrorText.of(e), e);
    }
  }

  /**
   * How terms and watched values went, by name.
   *
   * @throws RunException if the record cannot be read
   */
  public Map<String, MetricCurve> curves() {
    try {
      return MetricCurve.read(metrics(), "values");
    } catch (IOException e) {
      throw new RunException("cannot read the run's metrics: " + ErrorText.of(e), e);
    }
  }

  /**
   * The latest evaluation of the run, if there is any.
   *
   * @throws RunException if the record cannot be read or is damaged
   */
  public Optional<EvaluationResult> evaluation() {
    if (!Files.exists(evaluations())) {
      return Optional.empty();
    }
    try {
      List<EvaluationResult> all =
          JsonFiles.lines(evaluations()).stream().map(RunRecords::evaluation).toList();
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    } catch (IOException | NumberFormatException e) {
      throw new RunException("cannot read the run's evaluations: " + e.getMessage(), e);
    }
  }

  /**
   * Whether a training is at work in the folder, in any process. A run whose state is {@code
   * RUNNING} and that is not in use was killed.
   */
  public boolean inUse() {
    return RunLock.isHeld(path);
  }

  /**
   * Where the run stands, in a word: its status, or {@code killed} if its process ended without a
   * word.
   *
   * @throws RunException if the record is missing or damaged
   */
  public String statusText() {
    RunState.RunStatus status = state().status();
    return status == RunState.RunStatus.RUNNING && !inUse()
        ? "killed"
        : status.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The components that the run was made with.
   *
   * @throws RunException if the record is missing or damaged
   */
  public List<LockedComponent> components() {
    try {
      return RunRecords.lock(lockFile());
    } catch (IOException e) {
      throw new RunException("cannot read the run's components: " + ErrorText.of(e), e);
    }
  }

  /**
   * How the plugins that are installed differ from those that the run was made with.
   *
   * @return one clause for each that does, with both versions and the beginnings of both hashes;
   *     empty if all are the same to the last byte
   * @throws RunException if the record is missing or damaged
   */
  public List<String> pluginDifferences(ComponentRegistry installed) {
    return PluginComparison.differences(components(), installed);
  }

  /**
   * The run whose own recipe a file is.
   *
   * @return empty if the file is none in a run's folder
   */
  public static Optional<RunFolder> findByRecipe(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    RunFolder folder = new RunFolder(parent);
    return folder.recipe().equals(file.toAbsolutePath()) && Files.exists(folder.lockFile())
        ? Optional.of(folder)
        : Optional.empty();
  }

  /**
   * A component that a run was made with.
   *
   * @param kind the kind
   * @param name the name
   * @param version the component's version
   * @param bundle the symbolic name of its bundle
   * @param bundleVersion the version of its bundle
   * @param sha256 the hash of its bundle's jar, in hexadecimal; empty if nobody noted it
   */
  public record LockedComponent(
      String kind,
      String name,
      String version,
      String bundle,
      String bundleVersion,
      String sha256) {}
}
