package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;

/** Runs that stopped before their last step, and their resumption. */
final class StoppedRun {

  private StoppedRun() {}

  /** Trains some steps until the user interrupts. */
  static RunFolder interrupted(Path path, DriftingGame game, int after) {
    RunFolder folder = RunFolder.create(path, game.composed());
    int[] done = {0};
    new TrainingRun(folder, game.composed())
        .run(new TrainingListener() {}, () -> ++done[0] == after);
    return folder;
  }

  /** Ends a training in the middle of a step, without a record of its end. */
  static RunFolder killed(Path path, DriftingGame game, int after) throws IOException {
    RunFolder folder = RunFolder.create(path, game.composed());
    int[] done = {0};
    byte[][] state = {Files.readAllBytes(folder.stateFile())};
    BooleanSupplier killing =
        () -> {
          if (++done[0] == after) {
            throw new IllegalStateException("killed");
          }
          return false;
        };
    TrainingListener watching =
        new TrainingListener() {
          @Override
          public void started(long steps, int threads) {
            try {
              state[0] = Files.readAllBytes(folder.stateFile());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertThrows(
        RunException.class, () -> new TrainingRun(folder, game.composed()).run(watching, killing));
    Files.write(folder.stateFile(), state[0]);
    return folder;
  }

  static RunState resume(DriftingGame game, RunFolder folder, Change... changes) {
    try (RunResumption resumption = game.resumption(folder.path(), changes)) {
      return resumption.run(new TrainingListener() {}, () -> false);
    }
  }

  /** The message with which a resumption is refused. */
  static String refusalOf(DriftingGame game, RunFolder folder, Change... changes) {
    return assertThrows(RunException.class, () -> game.resumption(folder.path(), changes))
        .getMessage();
  }
}
