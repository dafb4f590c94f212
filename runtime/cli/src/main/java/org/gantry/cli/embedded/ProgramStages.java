package org.gantry.cli.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.cli.recipes.RecipeWarnings;
import org.gantry.cli.runs.StagedTraining;
import org.gantry.cli.runs.TrainingExecution;
import org.gantry.cli.services.CommandServices;
import org.gantry.embedded.RecipeTraining;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingResult;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.StagedRecipe;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.RunFolder;
import org.gantry.runs.StagedRun;

/**
 * A recipe with stages that a program composed.
 *
 * @param services keep its plugins
 * @param staged the recipe
 */
record ProgramStages(CommandServices services, StagedRecipe staged) implements RecipeTraining {

  @Override
  public String name() {
    return staged.name();
  }

  @Override
  public String yaml() {
    return staged.yaml();
  }

  @Override
  public List<String> notes() {
    return stages().flatMap(stage -> stage.notes().stream()).distinct().toList();
  }

  @Override
  public List<String> warnings() {
    return stages().flatMap(stage -> RecipeWarnings.texts(stage).stream()).distinct().toList();
  }

  @Override
  public TrainingResult train(Path folder, TrainingObserver observer) {
    ProgramObserver calls = ProgramObserver.of(observer);
    return EmbeddedCalls.call(
        () -> {
          stages().forEach(stage -> EngineDevice.forNewRun(stage.settings()));
          StagedTraining.begin(
              new TrainingExecution(services, calls.console(), calls),
              StagedRun.create(folder, staged));
          return ProgramObserver.result(folder, new RunFolder(StagedRun.lastBegun(folder)).state());
        });
  }

  private Stream<ComposedRecipe> stages() {
    return staged.stages().values().stream();
  }
}
