package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.WatchdogRule;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;
import org.gantry.watchdog.WatchdogResult;

/**
 * The tiny game with a watchdog over 20 steps, with a checkpoint every 4. Its recipe accepts the
 * changes of remedies.
 *
 * @param keep how many checkpoints to keep
 */
record WatchedGame(Watchdog watchdog, int keep, List<Remedy> remedies) {

  static final int STEPS = 20;

  WatchedGame(Watchdog watchdog, Remedy... remedies) {
    this(watchdog, 2, List.of(remedies));
  }

  ComposedRecipe composed() {
    return composed(List.of());
  }

  private ComposedRecipe composed(List<Change> changes) {
    long seed = 1;
    Map<String, Double> rates = new HashMap<>();
    List<BoundComponent<Regularizer>> added = new ArrayList<>();
    for (Change change : changes) {
      if (change.path().equals("train.seed")) {
        seed = Long.parseLong(change.value());
      } else if (change.path().equals("regularizers[+]")) {
        added.add(TinyRun.bound(ComponentKind.REGULARIZER, WatchedGame::drift));
      } else {
        rates.put(
            change.path().replaceAll("players\\.|\\.rate", ""), Double.parseDouble(change.value()));
      }
    }
    Composition tiny = TinyGame.of(new MeanDifferenceLoss());
    Composition game =
        tiny.withRegularizers(added)
            .withOptimizers(
                player ->
                    TinyRun.bound(
                        ComponentKind.OPTIMIZER, new Momentum(rates.getOrDefault(player, 1.0))))
            .withSteps(STEPS)
            .withSeed(seed);
    return new ComposedRecipe(
        "watched",
        TrainingGraph.build(game),
        new TrainSettings(STEPS, TinyGame.BATCH, 1, 0, 1, 4, keep, 600, 1),
        List.of(),
        TinyRun.bound(ComponentKind.SAMPLER, (Sampler) TinyRun::sample),
        List.of(TinyRun.LOSS),
        List.of(),
        "loss: tried\n",
        List.of(new WatchdogRule(TinyRun.bound(ComponentKind.WATCHDOG, watchdog), remedies)),
        rates,
        List.of(),
        this::composed);
  }

  RunResumption resumption(Path run) {
    return RunResumption.open(
        run,
        TinyRun.recipes((recipe, asked) -> composed()),
        TinyRun.installed(TinyRun.LOSS),
        List.of());
  }

  static WatchdogFinding finding(long step) {
    return new WatchdogFinding(
        Severity.TROUBLE, "it barks", "generator", "it is step " + step, "pat it");
  }

  /** Has a finding from one step (inclusive) to another (exclusive). */
  record FindingBetween(long first, long end) implements Watchdog {
    @Override
    public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
      return step.number() >= first && step.number() < end
          ? new WatchdogResult(memory, List.of(finding(step.number())))
          : WatchdogResult.withoutFindings(memory);
    }
  }

  /** The generator's term, which differs for other random draws. */
  static double generatorTerm(StepReport step) {
    return step.terms().entrySet().stream()
        .filter(term -> term.getKey().startsWith("generator/"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /**
   * Has a finding at one step for about half of all random draws, by the sum of the generator's
   * terms. Only other draws make it disappear.
   */
  record FindingBySum(long at) implements Watchdog {
    @Override
    public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
      Map<String, Double> next = new TreeMap<>(memory);
      next.merge("steps", 1.0, Double::sum);
      next.merge("sum", generatorTerm(step), Double::sum);
      boolean bark = step.number() == at && Math.floorMod((long) (next.get("sum") * 1e6), 2L) == 0;
      return new WatchdogResult(next, bark ? List.of(finding(step.number())) : List.of());
    }
  }

  /**
   * Has a finding at one step if the generator's term has an exact value. After a roll-back the
   * term differs, so the training rolls back once.
   */
  record FindingAtTerm(long at, double term) implements Watchdog {
    @Override
    public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
      boolean bark = step.number() == at && generatorTerm(step) == term;
      return new WatchdogResult(memory, bark ? List.of(finding(step.number())) : List.of());
    }
  }

  /** Has a finding for a diverged step. */
  record FindingOnFailure() implements Watchdog {
    @Override
    public Optional<WatchdogFinding> inspectFailure(FailedStep broken) {
      return Optional.of(
          new WatchdogFinding(
              Severity.TROUBLE, "it breaks", broken.term(), broken.node(), "mend it"));
    }
  }

  private static void drift(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    ScalarState drift = graph.state("drift", 0.5);
    Signal wobble =
        graph.combine(
            "wobble",
            v -> v.get(0).mul(v.get(1)).mul(v.get(2)).mean(),
            fake,
            graph.normal("noise", fake.shape()),
            drift.signal());
    drift.setRule((value, now) -> 0.9 * value + 0.1 * Math.tanh(now.get(0).getFloat()), wobble);
    graph.minimise("generator", "wobble", 0.1, wobble);
  }

  private record Momentum(double factor) implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of("velocity");
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        NDArray velocity = update.slots().get("velocity").get(i);
        velocity.muli(0.9f);
        velocity.addi(update.gradients().get(i).mul((float) (0.01 * factor)));
        update.parameters().get(i).subi(update.gradients().get(i).mul(0).add(velocity));
      }
    }
  }
}
