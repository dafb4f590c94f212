package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.TrainSettings;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;

/**
 * The tiny game with everything that a resumed training could lose: an optimizer with state, noise
 * in every step, a scalar state, a schedule and EMA weights.
 */
public record DriftingGame(
    long steps, long checkpointEvery, int keep, List<ScheduledChange> schedule) {

  private static final Shape POINT = new Shape(2);

  public DriftingGame(long steps, long checkpointEvery, int keep) {
    this(steps, checkpointEvery, keep, List.of());
  }

  public ComposedRecipe composed() {
    Composition tiny =
        TinyGame.of(new MeanDifferenceLoss(), DriftingGame::drift, DriftingGame::average);
    Composition game =
        tiny.withOptimizers(player -> TinyRun.bound(ComponentKind.OPTIMIZER, new Momentum()))
            .withSteps(steps);
    return new ComposedRecipe(
        "drifting",
        TrainingGraph.build(game),
        new TrainSettings(steps, TinyGame.BATCH, game.seed(), 30, 7, checkpointEvery, keep, 600, 0),
        List.of(),
        TinyRun.bound(ComponentKind.SAMPLER, (Sampler) TinyRun::sample),
        List.of(TinyRun.LOSS),
        List.of(),
        "loss: tried\ntrain: {steps: %d, checkpoint-every: %d, keep: %d}\n"
                .formatted(steps, checkpointEvery, keep)
            + (schedule.isEmpty()
                ? ""
                : "changes:\n" + ScheduledChange.replaceSchedule(schedule).value()),
        List.of(),
        Map.of(),
        schedule,
        changes -> changed(changes).composed());
  }

  /** The game with changes of its steps, its checkpoints or its schedule. */
  DriftingGame changed(List<Change> changes) {
    DriftingGame game = this;
    for (Change change : changes) {
      String value = change.value().strip();
      game =
          switch (change.path()) {
            case ScheduledChange.STEPS ->
                new DriftingGame(
                    Long.parseLong(value), game.checkpointEvery, game.keep, game.schedule);
            case "train.keep" ->
                new DriftingGame(
                    game.steps, game.checkpointEvery, Integer.parseInt(value), game.schedule);
            case ScheduledChange.KEY ->
                new DriftingGame(
                    game.steps, game.checkpointEvery, game.keep, LiveGame.schedule(value));
            default -> throw new AssertionError(change);
          };
    }
    return game;
  }

  public RunResumption resumption(Path run, Change... changes) {
    return RunResumption.open(
        run,
        TinyRun.recipes((recipe, asked) -> changed(asked).composed()),
        TinyRun.installed(TinyRun.LOSS),
        List.of(changes));
  }

  private static void drift(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    ScalarState drift = graph.state("drift", 0.5);
    Signal ramp = graph.schedule("ramp", (step, steps) -> (double) step / steps);
    Signal wobble =
        graph.combine(
            "wobble",
            in -> in.get(0).mul(in.get(1)).mul(in.get(2)).mul(in.get(3)).mean(),
            fake,
            graph.normal("noise", new Shape(graph.batch()).addAll(POINT)),
            drift.signal(),
            ramp);
    drift.setRule((value, now) -> 0.9 * value + 0.1 * Math.tanh(now.get(0).getFloat()), wobble);
    graph.minimise("generator", "wobble", 0.1, wobble);
  }

  private static void average(Graph graph) {
    graph
        .network("generator")
        .averageWeights(
            "average",
            (average, weights, count) -> {
              for (int i = 0; i < average.size(); i++) {
                NDArray old = average.get(i);
                NDArray step = weights.get(i).sub(old).mul(0.1f);
                old.addi(step);
                step.close();
              }
            });
  }

  private record Momentum() implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of("velocity");
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        NDArray velocity = update.slots().get("velocity").get(i);
        NDArray gradient = update.gradients().get(i);
        velocity.muli(0.9f);
        velocity.addi(gradient.mul((float) (0.01 * (1 - update.progress()))));
        update.parameters().get(i).subi(gradient.mul(0).add(velocity));
      }
    }
  }
}
