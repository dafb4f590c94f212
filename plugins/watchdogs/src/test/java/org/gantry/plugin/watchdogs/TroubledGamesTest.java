package org.gantry.plugin.watchdogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.gantry.component.ComponentKind;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.NonFiniteException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;
import org.junit.jupiter.api.Test;

/** Games that fail in different ways, each with all watchdogs. */
@TensorTest
final class TroubledGamesTest {

  private static final int LOOK_EVERY = 20;

  /** The defaults, with a shorter early training for a game of points. */
  private static final Map<String, Watchdog> WATCHDOGS =
      Map.of(
          "explosion",
              new ExplosionWatchdog(
                  new ExplosionWatchdog.Options(100, 10, 1, 1e5, 1e-4, 100, 1000, 100)),
          "dominance", new DominanceWatchdog(new DominanceWatchdog.Options(1e-3, 300)),
          "collapse", new CollapseWatchdog(new CollapseWatchdog.Options(0.25, 0.05, 3, 100)),
          "non-finite", new NonFiniteWatchdog());

  @Test
  void aBalancedGameHasNoFindings(NDManager manager) {
    assertEquals(Map.of(), play(game(new BinaryCrossEntropy(false), 0.05f, 0.05f), 1000, manager));
  }

  @Test
  void aHighLearningRateIsAnExplosionWithin20StepsAndBeforeNan(NDManager manager) {
    Map<String, FirstFinding> seen = play(game(new SquaredScores(), 0.5f, 0.5f), 60, manager);

    assertEquals(
        Set.of(
            "explosion: the gradient explodes",
            "explosion: the term explodes",
            "non-finite: a number is not finite"),
        seen.keySet());
    assertTrue(seen.get("explosion: the gradient explodes").step() <= 20, seen::toString);
    assertTrue(
        seen.get("explosion: the term explodes").step()
            < seen.get("non-finite: a number is not finite").step(),
        seen::toString);
  }

  @Test
  void aPerfectDiscriminatorIsFoundWithin500Steps(NDManager manager) {
    Map<String, FirstFinding> seen = play(lost(new BinaryCrossEntropy(false)), 500, manager);

    assertEquals(Set.of("dominance: the discriminator wins outright"), seen.keySet());
    assertEquals(
        "discriminator/game", seen.get("dominance: the discriminator wins outright").where());
  }

  @Test
  void theGradientOfASaturatedGeneratorVanishesWithin1000Steps(NDManager manager) {
    Map<String, FirstFinding> seen = play(lost(new BinaryCrossEntropy(true)), 1000, manager);

    assertTrue(seen.containsKey("explosion: the gradient vanishes"), seen::toString);
    assertEquals("generator", seen.get("explosion: the gradient vanishes").where());
    assertEquals(
        Set.of("explosion: the gradient vanishes", "dominance: the discriminator wins outright"),
        seen.keySet());
  }

  @Test
  void samplesInOneCornerAreACollapseWithin200Steps(NDManager manager) {
    Composition game =
        TinyGame.withNetwork(
            game(new MeanDifferenceLoss(), 0.2f, 0.001f),
            ComponentKind.GENERATOR,
            () -> bounded(Activation.tanhBlock()));
    Map<String, FirstFinding> seen = play(game, 200, manager);

    assertEquals(Set.of("collapse: the samples are all alike"), seen.keySet());
    assertEquals("generator", seen.get("collapse: the samples are all alike").where());
  }

  @Test
  void theLogarithmOfANegativeScoreIsTracedToTheLoss(NDManager manager) {
    Map<String, FirstFinding> seen = play(game(new LogarithmLoss(), 0.1f, 0.1f), 100, manager);

    assertEquals(Set.of("non-finite: a number is not finite"), seen.keySet());
    FirstFinding sighting = seen.get("non-finite: a number is not finite");
    assertEquals("discriminator/game", sighting.where());
    assertEquals("first seen in discriminator-loss of loss/tried", sighting.evidence());
  }

  /** Binary cross entropy, with a minimax or a non-saturating generator. */
  private record BinaryCrossEntropy(boolean saturating) implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return softplus(real.neg()).mean().add(softplus(fake).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return saturating ? softplus(fake).mean().neg() : softplus(fake.neg()).mean();
    }

    private static NDArray softplus(NDArray x) {
      return Activation.softPlus(x);
    }
  }

  private record SquaredScores() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.sub(1).square().mean().add(fake.square().mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.sub(1).square().mean();
    }
  }

  /** Treats scores as probabilities, so its logarithm is NaN for negative scores. */
  private record LogarithmLoss() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.log().mean().neg();
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  private static Block bounded(Block bound) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(Activation.tanhBlock())
        .add(Linear.builder().setUnits(2).build())
        .add(bound);
  }

  /** A game with fakes near (-1, 0), far from the data, and a faster discriminator. */
  private static Composition lost(Loss loss) {
    Function<NDList, NDList> corner =
        x -> new NDList(Activation.sigmoid(x.singletonOrThrow()).neg());
    return TinyGame.withNetwork(
        game(loss, player -> new SignDescent(player.equals("generator") ? 1e-5f : 0.02f)),
        ComponentKind.GENERATOR,
        () -> bounded(new LambdaBlock(corner)));
  }

  /** The tiny game by plain descent, with a learning rate per player. */
  private static Composition game(Loss loss, float generator, float discriminator) {
    return game(
        loss, player -> new PlainDescent(player.equals("generator") ? generator : discriminator));
  }

  private static Composition game(Loss loss, Function<String, Optimizer> optimizers) {
    Composition game = TinyGame.of(loss);
    return game.withOptimizers(
            player ->
                new BoundComponent<>(
                    optimizers.apply(player),
                    new ComponentOrigin(
                        ComponentKind.OPTIMIZER,
                        "rule",
                        "1.0.0",
                        "testkit",
                        List.of(),
                        List.of(),
                        "")))
        .withBatch(16)
        .withSteps(1000)
        .withSeed(1);
  }

  private record PlainDescent(float rate) implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        update.parameters().get(i).subi(update.gradients().get(i).mul(rate));
      }
    }
  }

  /** Sign descent: steps of one size for any gradient. */
  private record SignDescent(float rate) implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        update.parameters().get(i).subi(update.gradients().get(i).sign().mul(rate));
      }
    }
  }

  /** The step and the subject of the first finding of a kind. */
  private record FirstFinding(long step, String where, String evidence) {}

  /** The first findings, by {@code watchdog: what}. */
  private static Map<String, FirstFinding> play(Composition game, int steps, NDManager manager) {
    Map<String, FirstFinding> seen = new TreeMap<>();
    Map<String, Map<String, Double>> memory = new TreeMap<>();
    TrainingGraph graph = TrainingGraph.build(game);
    try (Session session = Session.open(graph)) {
      while (session.completedSteps() < steps) {
        Map<String, Double> terms = session.step();
        StepReport step =
            new StepReport(
                session.completedSteps(),
                terms,
                graph.discriminatorTerms(),
                session.gradientNorms(),
                Map.of());
        look(seen, memory, step.number(), (dog, known) -> dog.inspectStep(step, known));
        if (step.number() % LOOK_EVERY == 0) {
          try (NDManager scope = manager.newSubManager()) {
            for (SampleBatch samples : session.samples(scope)) {
              look(seen, memory, step.number(), (dog, known) -> dog.inspectSamples(samples, known));
            }
          }
        }
      }
    } catch (NonFiniteException e) {
      FailedStep broken = new FailedStep(e.step(), e.term(), e.node(), e.contributor().label());
      WATCHDOGS.forEach(
          (name, dog) ->
              dog.inspectFailure(broken).ifPresent(f -> note(seen, name, e.step() + 1, f)));
    }
    return seen;
  }

  private interface Look {
    WatchdogResult at(Watchdog watchdog, Map<String, Double> memory);
  }

  private static void look(
      Map<String, FirstFinding> seen,
      Map<String, Map<String, Double>> memory,
      long step,
      Look look) {
    WATCHDOGS.forEach(
        (name, dog) -> {
          WatchdogResult verdict = look.at(dog, memory.getOrDefault(name, Map.of()));
          memory.put(name, verdict.memory());
          verdict.findings().forEach(f -> note(seen, name, step, f));
        });
  }

  private static void note(
      Map<String, FirstFinding> seen, String watchdog, long step, WatchdogFinding found) {
    seen.putIfAbsent(
        watchdog + ": " + found.problem(),
        new FirstFinding(step, found.subject(), found.evidence()));
  }
}
