package org.gantry.cli.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.runs.TrainingView;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingResult;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunState;
import org.gantry.watchdog.WatchdogFinding;

/**
 * Shows trainings to the observer of a program, under the class loader that the program had.
 *
 * @param observer the program's
 * @param loader the context class loader of the program's thread
 * @param begun whether a training has started
 */
record ProgramObserver(TrainingObserver observer, ClassLoader loader, AtomicBoolean begun)
    implements TrainingView.Factory {

  /** The observer of the calling thread, whose context class loader is still the program's. */
  static ProgramObserver of(TrainingObserver observer) {
    return new ProgramObserver(
        observer, Thread.currentThread().getContextClassLoader(), new AtomicBoolean());
  }

  /** A console that prints nothing, and is interrupted when the observer asks to stop. */
  Console console() {
    PrintStream nothing =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(nothing, nothing, TerminalInfo.NONE, this::isStopRequested);
  }

  /** A stage begins before the observer is asked, so that there is a run to report on. */
  private boolean isStopRequested() {
    AtomicBoolean stop = new AtomicBoolean();
    if (begun.get()) {
      inform(o -> stop.set(o.isStopRequested()));
    }
    return stop.get();
  }

  private void inform(Consumer<TrainingObserver> call) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      call.accept(observer);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** How a training ended. */
  static TrainingResult result(Path folder, RunState state) {
    return new TrainingResult(
        folder,
        state.step(),
        state.steps(),
        state.status() == RunState.RunStatus.INTERRUPTED,
        state.reason());
  }

  @Override
  public TrainingView open(
      String announcement, ComposedRecipe composed, Consumer<ComposedRecipe> changes) {
    return new ObservedTraining(composed.name(), changes);
  }

  /** Follows a training whose recipe does not change. */
  TrainingView view(String name) {
    return new ObservedTraining(name, recipe -> {});
  }

  /** One training of the program. */
  private final class ObservedTraining implements TrainingView {

    private final String name;
    private final Consumer<ComposedRecipe> changes;

    ObservedTraining(String name, Consumer<ComposedRecipe> changes) {
      this.name = name;
      this.changes = changes;
    }

    @Override
    public void started(long steps, int threads) {
      begun.set(true);
      inform(o -> o.started(name, steps));
    }

    @Override
    public void stepDone(long step, long steps, double seconds, Map<String, Double> values) {
      inform(o -> o.stepDone(step, steps, values));
    }

    @Override
    public void evaluated(EvaluationResult result) {
      inform(o -> o.evaluated(result.step(), result.figures()));
    }

    @Override
    public void findingChanged(
        long step, String watchdog, WatchdogFinding finding, boolean appeared, List<String> done) {
      if (appeared) {
        String remedy = done.isEmpty() ? finding.advice() : String.join("; ", done);
        inform(
            o ->
                o.problemFound(
                    step,
                    "%s: %s (%s); %s"
                        .formatted(
                            finding.subject(), finding.problem(), finding.evidence(), remedy)));
      }
    }

    @Override
    public void recipeChanged(
        long step, Recipes.Change change, List<String> notTransferred, ComposedRecipe recipe) {
      changes.accept(recipe);
    }

    @Override
    public void pictureWritten(Path picture) {
      inform(o -> o.pictureWritten(picture));
    }

    @Override
    public void checkpointWritten(Path checkpoint) {
      inform(o -> o.checkpointWritten(checkpoint));
    }

    @Override
    public void end() {
      // The observer hears of the end by the result.
    }

    @Override
    public String evaluationCost() {
      return "";
    }
  }
}
