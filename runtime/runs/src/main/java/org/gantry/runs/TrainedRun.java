package org.gantry.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentRegistry;
import org.gantry.export.NetworkExport;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.internal.BestCheckpoint;
import org.gantry.runs.internal.CheckpointStore;
import org.gantry.runs.internal.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.CheckpointStore.DamagedCheckpoint;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.RunRecords;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;

/** A checkpoint of a run, brought back for use. Used by one thread at a time. */
public final class TrainedRun implements AutoCloseable {

  /** The checkpoint that the recipe's {@code train.keep-best} keeps. */
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
   * Composes the run's recipe again and restores its last checkpoint; if that is damaged, the last
   * that is whole.
   *
   * @param path the run's folder
   * @param changes to what is done with the run, such as its {@code sampler}; not to what was
   *     trained
   * @throws RunException if the folder is no run's or has no checkpoint that is whole
   * @throws org.gantry.recipes.text.RecipeException if a plugin is missing, or a change does not
   *     fit the recipe
   */
  public static TrainedRun open(
      Path path, Recipes recipes, ComponentRegistry components, List<Recipes.Change> changes) {
    return open(path, Optional.empty(), recipes, components, changes);
  }

  /**
   * The same with a checkpoint of one's choice.
   *
   * @param checkpoint the steps that it has behind it, or {@value #BEST} for the one that the
   *     recipe's {@code train.keep-best} keeps; empty for the last that is whole
   * @throws RunException also if there is no such checkpoint or it is damaged
   */
  public static TrainedRun open(
      Path path,
      Optional<String> checkpoint,
      Recipes recipes,
      ComponentRegistry components,
      List<Recipes.Change> changes) {
    RunFolder folder = RunFolder.open(path);
    if (checkpoint.isEmpty()) {
      // Without one there is nothing to compose for.
      found(folder);
    }
    // To look at what was trained, a later version will often do.
    ComposedRecipe composed =
        recipes.acceptingAnyVersion().compose(folder.recipe().toString(), changes);
    CheckpointScan found =
        checkpoint.isPresent()
            ? found(folder, checkpoint.get(), composed.settings())
            : found(folder);
    List<String> notes = new ArrayList<>();
    found.damaged().forEach(damaged -> notes.add(damaged.note()));
    folder.pluginDifferences(components).forEach(clause -> notes.add("the plugin " + clause));
    return restore(folder, composed, found, notes);
  }

  private static CheckpointScan found(RunFolder folder, String checkpoint, TrainSettings settings) {
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
                                + " has no best checkpoint, for its recipe does not set"
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

  private static CheckpointScan found(RunFolder folder) {
    CheckpointScan found;
    try {
      found = new CheckpointStore(folder.checkpoints(), 1).scan();
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
    if (found.newest().isPresent()) {
      return found;
    }
    if (found.damaged().isEmpty()) {
      throw new RunException(
          "the run "
              + folder.path()
              + " has no checkpoint yet: it has done "
              + folder.state().step()
              + " steps");
    }
    throw new RunException(
        "no checkpoint of the run "
            + folder.path()
            + " is whole: "
            + found.damaged().stream()
                .map(DamagedCheckpoint::reason)
                .collect(Collectors.joining("; ")));
  }

  /** Restores a checkpoint into a composition of the same graph. */
  private static TrainedRun restore(
      RunFolder folder, ComposedRecipe composed, CheckpointScan found, List<String> notes) {
    Session session = null;
    try {
      ThreadCount.set(
          EngineThreads.forRecordedRun(
              composed.settings(), RunRecords.engine(folder.environmentFile())));
      ComposedRecipe treated = composed.withChanges(found.changes());
      session = Session.open(treated.graph());
      session.restore(found.newest().orElseThrow().path());
      return new TrainedRun(folder, treated, session, List.copyOf(notes));
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

  /** What a person should know about what was restored, as sentences. */
  public List<String> notes() {
    return notes;
  }

  /** The folder. */
  public RunFolder folder() {
    return folder;
  }

  /** What was trained. */
  public ComposedRecipe composed() {
    return composed;
  }

  /** The steps that the checkpoint has behind it. */
  public long step() {
    return session.steps();
  }

  /**
   * One of the networks, to be written to a file. Valid until the run is closed.
   *
   * @param role one of the graph's roles, such as {@code generator}
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

  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
