package org.gantry.runs.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentRegistry;
import org.gantry.data.Dataset;
import org.gantry.export.NetworkExport;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunEnvironment;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.samples.WeightsCaption;
import org.gantry.runs.internal.store.BestCheckpoint;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.store.CheckpointStore.DamagedCheckpoint;
import org.gantry.runs.internal.store.JsonLines;
import org.gantry.runs.samples.SampleSource;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.BoundComponent;
import org.gantry.training.Session;

/** A restored checkpoint of a run, for sampling, evaluation and export. Not thread-safe. */
public final class TrainedRun implements SampleSource {

  /** The name of the checkpoint that {@code train.keep-best} of the recipe keeps. */
  public static final String BEST = "best";

  private final RunFolder folder;
  private final ComposedRecipe composed;
  private final Session session;
  private final List<String> notes;

  private TrainedRun(
      RunFolder folder, ComposedRecipe composed, Session session, List<String> notes) {
    this.folder = folder;
    this.composed = composed;
    this.session = session;
    this.notes = notes;
  }

  /**
   * Composes the recipe of a run again and restores its latest intact checkpoint.
   *
   * @param path the folder of the run
   * @param changes to settings that do not affect the training, such as the {@code sampler}
   * @throws RunException if the folder is not the folder of a run or has no intact checkpoint
   * @throws org.gantry.recipes.text.RecipeException if a plugin is missing, or a change does not
   *     fit the recipe
   */
  public static TrainedRun open(
      Path path, Recipes recipes, ComponentRegistry components, List<Recipes.Change> changes) {
    return open(path, Optional.empty(), recipes, components, changes);
  }

  /**
   * Composes the recipe of a run again and restores one of its checkpoints.
   *
   * @param path the folder of the run
   * @param checkpoint the step of the checkpoint, or {@value #BEST}; empty for the latest intact
   *     one
   * @param changes to settings that do not affect the training, such as the {@code sampler}
   * @throws RunException if the folder is not the folder of a run, or the checkpoint does not exist
   *     or is damaged
   * @throws org.gantry.recipes.text.RecipeException if a plugin is missing, or a change does not
   *     fit the recipe
   */
  public static TrainedRun open(
      Path path,
      Optional<String> checkpoint,
      Recipes recipes,
      ComponentRegistry components,
      List<Recipes.Change> changes) {
    RunFolder folder = RunFolder.open(path);
    if (checkpoint.isEmpty()) {
      // Fails before the recipe is composed if there is no checkpoint.
      latest(folder);
    }
    // Another version of a plugin is often good enough for looking at what was trained.
    ComposedRecipe composed =
        recipes.acceptingAnyVersion().compose(folder.recipe().toString(), changes);
    CheckpointScan scan =
        checkpoint.isPresent()
            ? selected(folder, checkpoint.get(), composed.settings())
            : latest(folder);
    List<String> notes = new ArrayList<>(composed.notes());
    scan.damaged().forEach(damaged -> notes.add(damaged.note()));
    folder.pluginDifferences(components).forEach(clause -> notes.add("the plugin " + clause));
    return restore(folder, composed, scan, notes);
  }

  private static CheckpointScan selected(
      RunFolder folder, String checkpoint, TrainSettings settings) {
    CheckpointStore checkpoints = new CheckpointStore(folder.checkpoints(), 1);
    try {
      if (checkpoint.equals(BEST)) {
        BestCheckpoint best =
            BestCheckpoint.of(settings)
                .orElseThrow(
                    () ->
                        new RunException(
                            "the run "
                                + folder.path()
                                + " has no best checkpoint, because its recipe does not set"
                                + " train.keep-best, such as to convergence"));
        return new CheckpointScan(Optional.of(checkpoints.best(best)), List.of());
      } else if (!checkpoint.matches("\\d{1,18}")) {
        throw new RunException(
            "a checkpoint is the number of its step, or " + BEST + ", not " + checkpoint);
      }
      return new CheckpointScan(
          Optional.of(checkpoints.atStep(Long.parseLong(checkpoint))), List.of());
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }

  private static CheckpointScan latest(RunFolder folder) {
    CheckpointScan scan;
    try {
      scan = new CheckpointStore(folder.checkpoints(), 1).scan();
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
    if (scan.newest().isPresent()) {
      return scan;
    }
    if (scan.damaged().isEmpty()) {
      throw new RunException(
          "the run %s has no checkpoint yet: it has done %d steps"
              .formatted(folder.path(), folder.state().step()));
    }
    throw new RunException(
        "no checkpoint of the run %s is intact: %s"
            .formatted(
                folder.path(),
                scan.damaged().stream()
                    .map(DamagedCheckpoint::reason)
                    .collect(Collectors.joining("; "))));
  }

  /**
   * A checkpoint in the folder of a run.
   *
   * @param step the number of steps before it
   * @param written a text that differs if the checkpoint was written again
   */
  public record CheckpointVersion(long step, String written) {}

  /**
   * The newest checkpoint of a run, which may be damaged; empty if there is none. A training can
   * replace it at any time.
   *
   * @param path the folder of the run
   * @throws RunException if the folder cannot be read
   */
  public static Optional<CheckpointVersion> newestCheckpoint(Path path) {
    try {
      List<CheckpointStore.Checkpoint> all =
          new CheckpointStore(new RunFolder(path).checkpoints(), 1).all();
      if (all.isEmpty()) {
        return Optional.empty();
      }
      CheckpointStore.Checkpoint newest = all.get(all.size() - 1);
      return Optional.of(
          new CheckpointVersion(
              newest.step(), Files.getLastModifiedTime(newest.path()).toString()));
    } catch (IOException e) {
      throw new RunException("cannot read the run " + path + ": " + ErrorText.of(e), e);
    }
  }

  /** Restores a checkpoint into a composition of the same graph. */
  private static TrainedRun restore(
      RunFolder folder, ComposedRecipe recipe, CheckpointScan scan, List<String> notes) {
    Session session = null;
    try {
      RunEnvironment recorded = folder.environment();
      ThreadCount.set(EngineThreads.forRecordedRun(recipe.settings(), recorded));
      ComposedRecipe composed = recipe.withChanges(scan.changes());
      session =
          Session.open(composed.graph(), EngineDevice.forRecordedRun(recipe.settings(), recorded));
      session.restore(scan.newest().orElseThrow().path());
      return new TrainedRun(folder, composed, session, List.copyOf(notes));
    } catch (IOException e) {
      close(session);
      throw new RunException("cannot restore the run " + folder.path() + ": " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private static void close(Session session) {
    if (session != null) {
      session.close();
    }
  }

  /** What the user should know about the restored checkpoint, as sentences. */
  public List<String> notes() {
    return notes;
  }

  /** The folder of the run. */
  public RunFolder folder() {
    return folder;
  }

  /** The recipe at the checkpoint. */
  public ComposedRecipe composed() {
    return composed;
  }

  @Override
  public NDManager newManager() {
    return session.device().newManager();
  }

  /** The weights that samples are drawn with, as a noun phrase. */
  @Override
  public String weights() {
    return WeightsCaption.of(composed.graph());
  }

  /** The number of steps before the checkpoint. */
  @Override
  public long step() {
    return session.completedSteps();
  }

  /**
   * Evaluates samples under the seed of the run, and appends the result to its evaluations.
   *
   * @param count the number of samples, at least 1
   * @throws RunException if a metric cannot evaluate this run or fails, or the result cannot be
   *     written
   */
  public EvaluationResult evaluate(int count) {
    return evaluate(count, folder.cache());
  }

  /**
   * Evaluates like {@link #evaluate(int)}, with another cache.
   *
   * @param cache where metrics cache what is expensive to compute; runs that are compared may share
   *     it
   */
  public EvaluationResult evaluate(int count, Path cache) {
    return evaluate(count, cache, folder);
  }

  /**
   * Evaluates like {@link #evaluate(int, Path)}, and appends the result to the evaluations of
   * another run, such as one that differs in the sampler.
   */
  public EvaluationResult evaluate(int count, Path cache, RunFolder into) {
    if (composed.metrics().isEmpty()) {
      throw new RunException("the recipe of " + folder.path() + " names no metrics");
    }
    EvaluationResult result =
        new RunEvaluator(composed, session, composed.settings().seed(), cache).evaluate(count);
    try {
      JsonLines.append(into.evaluations(), result.toJson());
      return result;
    } catch (IOException e) {
      throw new RunException(
          "cannot write the evaluation to " + into.evaluations() + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * One of the networks, for export to a file. Valid until the run is closed.
   *
   * @param role a role of the graph, such as {@code generator}
   * @throws RunException if the run has no such role
   */
  public NetworkExport export(String role) {
    if (!composed.graph().roles().contains(role)) {
      throw new RunException(
          "the run %s has no role '%s'; its roles are %s"
              .formatted(folder.path(), role, String.join(", ", composed.graph().roles())));
    }
    return session.export(role);
  }

  /** What the networks of the run can make, the usual use first. */
  @Override
  public List<ModelUse> uses() {
    return composed.graph().modelUses();
  }

  /**
   * The networks in inference.
   *
   * @param manager owns their results
   * @param seed the seed of random draws
   */
  @Override
  public TrainedModel trainedModel(NDManager manager, long seed) {
    return session.trainedModel(manager, seed);
  }

  /**
   * All networks behind a use as one network, for export to a file. Valid until the run is closed.
   *
   * @param use one of {@link #uses()}
   * @throws org.gantry.export.ExportException if the use computes more than networks do
   */
  public NetworkExport exportUse(ModelUse use) {
    return session.exportUse(use.name());
  }

  @Override
  public BoundComponent<Sampler> sampler() {
    return composed.sampler();
  }

  @Override
  public Dataset imitatedData(String use) {
    return composed.graph().imitatedData(use);
  }

  @Override
  public long seed() {
    return composed.settings().seed();
  }

  @Override
  public void close() {
    session.close();
  }
}
