package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunState.RunStatus;

/**
 * The folder of one run.
 *
 * <pre>
 * recipe.yaml             the resolved recipe, enough to compose it again
 * plugins.lock.json       the components, with their bundles and versions
 * environment.json        the machine, Java and engine
 * state.json              the progress
 * metrics.jsonl           the terms and watched values, one line every few steps
 * events.out.tfevents.*   the same values for TensorBoard
 * evaluations.jsonl       one line per evaluation
 * history.jsonl           one line per resumption, finding, remedy, roll-back and change
 * samples/step-000500.png pictures of samples, always of the same latents
 * checkpoints/step-000500 all that is needed to resume or to sample; the last few are kept
 * cache/                  intermediate results of metrics
 * </pre>
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * Creates the folder and writes all files that are known before the first step.
   *
   * @param path a path that does not exist, or an empty folder; missing parents are created
   * @throws RunException if the folder is not empty, a file is in the way, or writing fails; then
   *     nothing is left behind
   */
  public static RunFolder create(Path path, ComposedRecipe composed) {
    RunState start = new RunState(RunStatus.RUNNING, 0, composed.totalSteps(), 0, "", 0);
    RunEnvironment environment =
        RunEnvironment.current(
            EngineThreads.forNewRun(composed), EngineDevice.forNewRun(composed.settings()));
    RunFolder folder = new RunFolder(path);
    // The state comes last: a folder with a state is the folder of a run.
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name(folder.recipe()), composed.yaml().getBytes(StandardCharsets.UTF_8));
    files.put(name(folder.lockFile()), PluginLock.toJson(composed));
    files.put(name(folder.environmentFile()), JsonFiles.file(environment.toJson()));
    files.put(name(folder.stateFile()), start.toJson());
    RunFolderCreator.create(
        path,
        List.of(name(folder.samples()), name(folder.checkpoints()), name(folder.cache())),
        files);
    return folder;
  }

  /**
   * Removes the files of a process that was killed while it created a run folder. Call this only
   * where that happened. The folder of a complete run and all other files stay.
   *
   * @throws RunException if a file cannot be removed
   */
  public static void removeIncomplete(Path path) {
    RunFolder folder = new RunFolder(path);
    if (Files.exists(folder.stateFile()) || StagedRun.find(path).isPresent()) {
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
   * Opens the folder of an existing run.
   *
   * @throws RunException if the folder does not exist or is not the folder of a run, or a link
   *     leads out of it
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
    FolderLinks.requireNoneOut(path);
    return folder;
  }

  /** The name of the folder, however its path is written. */
  public String name() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The resolved recipe. */
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /** The record of the components. */
  public Path lockFile() {
    return path.resolve("plugins.lock.json");
  }

  /** The record of the machine, Java and engine. */
  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  /** The record of the progress. */
  public Path stateFile() {
    return path.resolve("state.json");
  }

  /** The terms and watched values, as JSON lines. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The terms and watched values, as TensorBoard reads them. */
  public Path events() {
    return path.resolve("events.out.tfevents.1.gantry");
  }

  /** Resumptions, findings, remedies, roll-backs and changes, as JSON lines. */
  public Path history() {
    return path.resolve("history.jsonl");
  }

  /** The evaluations so far, as JSON lines. */
  public Path evaluations() {
    return path.resolve("evaluations.jsonl");
  }

  /** The folder of pictures. */
  public Path samples() {
    return path.resolve("samples");
  }

  /**
   * The pictures so far, from the earliest to the latest.
   *
   * @throws RunException if the folder cannot be read
   */
  public List<Path> pictures() {
    if (!Files.isDirectory(samples())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(samples())) {
      // A longer name has a later step.
      return entries
          .filter(entry -> name(entry).matches("step-\\d{6,18}\\.png"))
          .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
          .sorted(
              Comparator.comparing((Path entry) -> name(entry).length())
                  .thenComparing(RunFolder::name))
          .toList();
    } catch (IOException e) {
      throw new RunException("cannot read the run's pictures: " + ErrorText.of(e), e);
    }
  }

  /** The folder of checkpoints. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The folder of intermediate results of metrics. */
  public Path cache() {
    return path.resolve("cache");
  }

  /**
   * The progress of the run.
   *
   * @throws RunException if the record is missing or damaged
   */
  public RunState state() {
    try {
      return RunState.read(stateFile());
    } catch (IOException e) {
      throw new RunException("cannot read the run's state: " + ErrorText.of(e), e);
    }
  }

  /**
   * The progress of the run, which during the training is that of its latest metrics. The record in
   * {@link #state} is written with each checkpoint.
   *
   * @throws RunException if the record or the metrics are missing or damaged
   */
  public RunState progress() {
    RunState state = state();
    if (state.status() != RunStatus.RUNNING || !inUse()) {
      return state;
    }
    try {
      JsonNode line = JsonFiles.lastLine(metrics());
      return state.at(line.path("step").asLong(), line.path("seconds").asDouble());
    } catch (IOException e) {
      throw new RunException("cannot read the run's metrics: " + ErrorText.of(e), e);
    }
  }

  /** Writes the progress of the run; replaces the record in one move. */
  public void writeState(RunState state) throws IOException {
    AtomicFiles.write(stateFile(), state.toJson());
  }

  /** Writes the recipe and the components of a composition; replaces each file in one move. */
  public void writeRecipe(ComposedRecipe composed) throws IOException {
    AtomicFiles.write(lockFile(), PluginLock.toJson(composed));
    AtomicFiles.write(recipe(), composed.yaml().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Where the run was trained.
   *
   * @throws IOException if the record is missing or damaged
   */
  public RunEnvironment environment() throws IOException {
    return RunEnvironment.read(environmentFile());
  }

  /**
   * The terms and watched values over the steps, by name.
   *
   * @throws RunException if the file cannot be read
   */
  public Map<String, MetricCurve> curves() {
    try {
      return MetricCurve.read(metrics(), "values");
    } catch (IOException e) {
      throw new RunException("cannot read the run's metrics: " + ErrorText.of(e), e);
    }
  }

  /**
   * The latest evaluation of the run; empty before the first.
   *
   * @throws RunException if the file cannot be read or is damaged
   */
  public Optional<EvaluationResult> evaluation() {
    if (!Files.exists(evaluations())) {
      return Optional.empty();
    }
    try {
      return JsonFiles.lines(evaluations()).stream()
          .map(EvaluationResult::fromJson)
          .reduce((earlier, later) -> later);
    } catch (IOException | NumberFormatException e) {
      throw new RunException("cannot read the run's evaluations: " + e.getMessage(), e);
    }
  }

  /**
   * Whether a training uses the folder, in any process. A run that is {@code RUNNING} but not in
   * use was killed.
   */
  public boolean inUse() {
    return RunLock.isHeld(path);
  }

  /**
   * The status in one word; {@code killed} if the process of the run was killed.
   *
   * @throws RunException if the record is missing or damaged
   */
  public String statusText() {
    RunStatus status = state().status();
    return status == RunStatus.RUNNING && !inUse() ? "killed" : status.label();
  }

  /**
   * The components of the run.
   *
   * @throws RunException if the record is missing or damaged
   */
  public List<LockedComponent> components() {
    try {
      return PluginLock.read(lockFile());
    } catch (IOException e) {
      throw new RunException("cannot read the run's components: " + ErrorText.of(e), e);
    }
  }

  /**
   * How the installed plugins differ from those of the run.
   *
   * @return one clause per plugin that differs, with both versions and the first digits of both
   *     hashes; empty if all plugins are identical
   * @throws RunException if the record is missing or damaged
   */
  public List<String> pluginDifferences(ComponentRegistry installed) {
    return PluginLock.differences(components(), installed);
  }

  /**
   * The run that contains a recipe file.
   *
   * @return empty if the file is not the recipe of a run
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
}
