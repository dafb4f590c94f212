package org.gantry.serving;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.Recipes;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.training.TrainedRun.CheckpointVersion;

/**
 * The checkpoints of a run, which can be training.
 *
 * @param name the name of the model
 * @param path finds the folder of the run; of a run with stages, that of the last trained one
 * @param recipes composes the recipe
 * @param components the installed components
 */
public record RunModel(
    String name, Supplier<Path> path, Recipes recipes, ComponentRegistry components)
    implements ModelLocation {

  @Override
  public String label() {
    return path.get().toString();
  }

  @Override
  public String version() {
    Path folder = path.get();
    return folder + " " + TrainedRun.newestCheckpoint(folder);
  }

  @Override
  public OpenedModel open() {
    return open(Optional.empty());
  }

  @Override
  public OpenedModel openNewest() {
    return open(
        TrainedRun.newestCheckpoint(path.get())
            .map(CheckpointVersion::step)
            .map(step -> Long.toString(step)));
  }

  private OpenedModel open(Optional<String> checkpoint) {
    TrainedRun run = TrainedRun.open(path.get(), checkpoint, recipes, components, List.of());
    return new OpenedModel(run, run.notes());
  }
}
