package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunState.RunStatus;

/**
 * The folder of a run with several stages. Each stage has an ordinary run folder within it.
 *
 * <pre>
 * recipe.yaml             the resolved recipe with all stages
 * plugins.lock.json       the components of all stages
 * stages.json             the names of the stages, in the order of training
 * NAME                    the run folder of the stage NAME, from when its training begins
 * </pre>
 *
 * @param path the folder
 * @param stages the names of the stages, in the order of training
 */
public record StagedRun(Path path, List<String> stages) {

  private static final String FILE = "stages.json";
  private static final String STAGES = "stages";

  /** Copies the list. */
  public StagedRun {
    stages = List.copyOf(stages);
  }

  /**
   * Creates the folder.
   *
   * @param path a path that does not exist, or an empty folder; missing parents are created
   * @throws RunException if the folder is not empty, a file is in the way, or writing fails; then
   *     nothing is left behind
   */
  public static StagedRun create(Path path, StagedRecipe recipe) {
    StagedRun run = new StagedRun(path, recipe.names());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(run.recipe().getFileName().toString(), utf8(recipe.yaml()));
    files.put(run.whole().lockFile().getFileName().toString(), lock(recipe));
    // The stages come last: a folder that lists stages is complete.
    files.put(FILE, JsonFiles.file(JsonFiles.object().putPOJO(STAGES, run.stages())));
    RunFolderCreator.create(path, List.of(), files);
    return run;
  }

  /**
   * Creates the folder of a new run that the user does not name, like {@link NumberedRun#create}.
   *
   * @throws RunException if the folder cannot be created or written; then nothing is left behind
   */
  public static StagedRun createNext(Path directory, StagedRecipe recipe) {
    Path path = NumberedRun.claim(directory, recipe.name());
    try {
      return create(path, recipe);
    } catch (RunException e) {
      NumberedRun.release(path);
      throw e;
    }
  }

  private static byte[] lock(StagedRecipe recipe) {
    List<ComponentInfo> components = new ArrayList<>();
    List<PluginJar> plugins = new ArrayList<>();
    for (ComposedRecipe stage : recipe.stages().values()) {
      components.addAll(stage.components());
      plugins.addAll(stage.plugins());
    }
    return PluginLock.toJson(
        components.stream().distinct().toList(), plugins, List.of(), List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Finds the run with stages in a folder.
   *
   * @return empty if the folder does not list stages
   * @throws RunException if the list is damaged
   */
  public static Optional<StagedRun> find(Path path) {
    Path file = path.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      List<String> stages = new ArrayList<>();
      for (JsonNode stage : JsonFiles.required(JsonFiles.read(file), STAGES, file)) {
        String name = stage.asText();
        if (!name.matches("[A-Za-z0-9_-]+")) {
          throw new IOException(file + " has '" + name + "', which is not the name of a stage");
        }
        stages.add(name);
      }
      if (stages.isEmpty()) {
        throw new IOException(file + " has no stages");
      }
      return Optional.of(new StagedRun(path, stages));
    } catch (IOException e) {
      throw new RunException("cannot read the stages of the run: " + ErrorText.of(e), e);
    }
  }

  /**
   * The folder to draw samples from when a user names a run.
   *
   * @param path the folder of a run, with or without stages
   * @return the folder itself, or that of the last stage that has a checkpoint
   * @throws RunException if no stage has a checkpoint
   */
  public static Path lastTrained(Path path) {
    Optional<StagedRun> staged = find(path);
    if (staged.isEmpty()) {
      return path;
    }
    return staged.get().stages().stream()
        .filter(stage -> staged.get().hasCheckpoint(stage))
        .reduce((earlier, later) -> later)
        .map(stage -> staged.get().folder(stage).path())
        .orElseThrow(
            () -> new RunException("no stage of the run " + path + " has a checkpoint yet"));
  }

  /**
   * The folder that a training uses, or used last.
   *
   * @param path the folder of a run, with or without stages
   * @return the folder itself, or that of the last stage whose training has begun
   * @throws RunException if no stage has begun
   */
  public static Path lastBegun(Path path) {
    Optional<StagedRun> staged = find(path);
    if (staged.isEmpty()) {
      return path;
    }
    return staged.get().stages().stream()
        .filter(staged.get()::hasBegun)
        .reduce((earlier, later) -> later)
        .map(stage -> staged.get().folder(stage).path())
        .orElseThrow(() -> new RunException("no stage of the run " + path + " has begun yet"));
  }

  /** The resolved recipe with all stages. */
  public Path recipe() {
    return whole().recipe();
  }

  /** The run folder of a stage, which may not exist yet. */
  public RunFolder folder(String stage) {
    return new RunFolder(path.resolve(stage));
  }

  /** Whether the training of a stage has begun. */
  public boolean hasBegun(String stage) {
    return Files.exists(folder(stage).stateFile());
  }

  /**
   * Whether a stage has completed all of its steps.
   *
   * @throws RunException if its state is damaged
   */
  public boolean isDone(String stage) {
    return hasBegun(stage) && folder(stage).state().status() == RunStatus.DONE;
  }

  /** The first stage that has not completed all of its steps. */
  public Optional<String> unfinished() {
    return stages.stream().filter(stage -> !isDone(stage)).findFirst();
  }

  private boolean hasCheckpoint(String stage) {
    if (!Files.isDirectory(folder(stage).checkpoints())) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder(stage).checkpoints())) {
      return entries.anyMatch(entry -> entry.getFileName().toString().matches("step-\\d+"));
    } catch (IOException e) {
      throw new RunException("cannot read the run " + path + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * Replaces the recipe in one move.
   *
   * @throws RunException if it cannot be written
   */
  public void writeRecipe(String yaml) {
    try {
      AtomicFiles.write(recipe(), utf8(yaml));
    } catch (IOException e) {
      throw new RunException("cannot write the run's recipe: " + ErrorText.of(e), e);
    }
  }

  /**
   * How the installed plugins differ from those of the stages.
   *
   * @return one clause per plugin that differs; empty if all plugins are identical
   * @throws RunException if the record is missing or damaged
   */
  public List<String> pluginDifferences(ComponentRegistry installed) {
    return whole().pluginDifferences(installed);
  }

  /** The files that this folder has in common with that of a run. */
  private RunFolder whole() {
    return new RunFolder(path);
  }
}
