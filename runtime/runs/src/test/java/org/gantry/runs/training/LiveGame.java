package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.regularizer.Regularizer;
import org.gantry.runs.RunFolder;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The tiny game over 20 steps with a checkpoint every 4. Its recipe can have the regularizers
 * {@code drift} and {@code wide}, which reshapes the discriminator, and the losses {@code plain}
 * and {@code double}. Its data has no effect.
 */
final class LiveGame {

  static final int STEPS = 20;

  private LiveGame() {}

  static ComposedRecipe composed() {
    return composed(List.of());
  }

  /** The recorded recipe of a run. */
  static ComposedRecipe recorded(RunFolder folder) {
    try {
      String yaml = Files.readString(folder.recipe());
      int at = yaml.indexOf("changes:\n");
      return at < 0
          ? composed()
          : composed(
              List.of(
                  new Change(ScheduledChange.KEY, yaml.substring(at).replace("changes:\n", ""))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunResumption resumption(Path run, Change... changes) {
    return RunResumption.open(
        run,
        TinyRun.recipes((recipe, asked) -> whole(recorded(new RunFolder(run)).withChanges(asked))),
        TinyRun.installed(TinyRun.LOSS),
        List.of(changes));
  }

  /** Checks that all scheduled changes fit, as recipes do. */
  private static ComposedRecipe whole(ComposedRecipe composed) {
    composed.withChanges(composed.schedule().stream().map(ScheduledChange::change).toList());
    return composed;
  }

  private static ComposedRecipe composed(List<Change> changes) {
    List<ScheduledChange> schedule = new ArrayList<>();
    List<String> regularizers = new ArrayList<>();
    String loss = "plain";
    String data = "";
    for (Change change : changes) {
      if (change.path().equals(ScheduledChange.KEY)) {
        schedule.clear();
        schedule.addAll(schedule(change.value()));
      } else if (change.removes()) {
        String name = change.path().replace("regularizers.", "");
        if (!regularizers.remove(name)) {
          throw problem("there is no " + name);
        }
      } else if (change.path().equals("loss")) {
        loss = change.value().strip();
      } else if (change.path().equals("data")) {
        data = "data: " + change.value() + "\n";
      } else {
        regularizers.add(change.value().strip());
      }
    }
    Composition game = game(regularizers, loss);
    return new ComposedRecipe(
        "live",
        TrainingGraph.build(game),
        new TrainSettings(STEPS, TinyGame.BATCH, 1, 0, 1, 4, 5, 600, 1),
        List.of(),
        TinyRun.bound(ComponentKind.SAMPLER, (Sampler) TinyRun::sample),
        List.of(TinyRun.LOSS),
        List.of(),
        data
            + "loss: %s\n".formatted(loss)
            + (regularizers.isEmpty() ? "" : "regularizers: %s\n".formatted(regularizers))
            + (schedule.isEmpty()
                ? ""
                : "changes:\n" + ScheduledChange.replaceSchedule(schedule).value()),
        List.of(),
        Map.of(),
        schedule,
        further -> {
          List<Change> all = new ArrayList<>(changes);
          all.addAll(further);
          return composed(all);
        });
  }

  private static RecipeException problem(String message) {
    return new RecipeException(List.of(new InputProblem("", message, "look again")));
  }

  /** Reads the changes of a recipe. */
  static List<ScheduledChange> schedule(String yaml) {
    List<ScheduledChange> schedule = new ArrayList<>();
    for (Object entry : (List<?>) new Load(LoadSettings.builder().build()).loadFromString(yaml)) {
      Map<?, ?> map = (Map<?, ?>) entry;
      long after = ((Number) map.get("after")).longValue();
      schedule.add(
          new ScheduledChange(
              after,
              map.containsKey("remove")
                  ? Change.removalOf((String) map.get("remove"))
                  : new Change((String) map.get("set"), String.valueOf(map.get("to")))));
    }
    return schedule;
  }

  private static Composition game(List<String> regularizers, String loss) {
    List<BoundComponent<Regularizer>> edits = new ArrayList<>();
    Loss played =
        switch (loss) {
          case "plain" -> new MeanDifferenceLoss();
          case "double" -> new DoubledLoss();
          default -> throw problem("there is no loss " + loss);
        };
    Composition tiny = TinyGame.of(played);
    for (String name : regularizers) {
      switch (name) {
        case "drift" -> edits.add(TinyRun.bound(ComponentKind.REGULARIZER, LiveGame::drift));
        case "wide" ->
            tiny =
                TinyGame.withNetwork(
                    tiny,
                    ComponentKind.DISCRIMINATOR,
                    () ->
                        new SequentialBlock()
                            .add(Linear.builder().setUnits(5).build())
                            .add(Linear.builder().setUnits(1).build()));
        default -> throw problem("there is no regularizer " + name);
      }
    }
    return tiny.withRegularizers(edits).withSteps(STEPS).withSeed(1);
  }

  /** A loss with twice the slope of the plain one. */
  private static final class DoubledLoss implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mul(2f).mean().sub(real.mul(2f).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mul(-2f).mean();
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
}
