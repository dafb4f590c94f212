package org.gantry.cli.embedded;

import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.recipes.RecipeWarnings;
import org.gantry.cli.runs.TrainingExecution;
import org.gantry.cli.services.CommandServices;
import org.gantry.embedded.RecipeTraining;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingResult;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.training.TrainingRun;

/**
 * A recipe that a program composed.
 *
 * @param services keep its plugins
 * @param composed the recipe
 */
record ProgramTraining(CommandServices services, ComposedRecipe composed)
    implements RecipeTraining {

  @Override
  public String name() {
    return composed.name();
  }

  @Override
  public String yaml() {
    return composed.yaml();
  }

  @Override
  public List<String> notes() {
    return composed.notes();
  }

  @Override
  public List<String> warnings() {
    return RecipeWarnings.texts(composed);
  }

  @Override
  public TrainingResult train(Path folder, TrainingObserver observer) {
    ProgramObserver calls = ProgramObserver.of(observer);
    return EmbeddedCalls.call(
        () -> {
          // A device that is missing is an error before anything is written.
          EngineDevice.forNewRun(composed.settings());
          RunFolder run = RunFolder.create(folder, composed);
          RunState state =
              new TrainingExecution(services, calls.console(), calls)
                  .run(
                      composed.name(),
                      run,
                      composed,
                      (listener, stop) -> new TrainingRun(run, composed).run(listener, stop));
          return ProgramObserver.result(folder, state);
        });
  }
}
