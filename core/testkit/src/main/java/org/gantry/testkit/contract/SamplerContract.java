package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/** The contract of samplers, checked in all small untrained games that they support. */
final class SamplerContract {

  private SamplerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it draws the requested number of samples in the shape of the data",
            () ->
                inSupportedGames(
                    graph -> {
                      sample(subject, graph, 1);
                      sample(subject, graph, 5);
                    })),
        new ContractCheck(
            "it can draw hundreds of samples",
            () -> inSupportedGames(graph -> sample(subject, graph, 300))),
        new ContractCheck(
            "the same seed gives the same samples",
            () ->
                inSupportedGames(
                    graph ->
                        ContractAssertions.requireClose(
                            0,
                            sample(subject, graph, 5),
                            sample(subject, graph, 5),
                            "the second drawing"))),
        new ContractCheck(
            "it leaves no arrays behind except the samples",
            () -> inSupportedGames(graph -> checkLeaks(subject, graph))));
  }

  /** A part of a check in one game. */
  @FunctionalInterface
  private interface GameCheck {
    void run(TrainingGraph graph) throws Exception;
  }

  private static void inSupportedGames(GameCheck check) throws Exception {
    Map<String, String> refusals = new LinkedHashMap<>();
    Map<String, TrainingGraph> games = SamplerGames.all();
    for (Map.Entry<String, TrainingGraph> game : games.entrySet()) {
      try {
        check.run(game.getValue());
      } catch (UnusableComponentException e) {
        refusals.put(game.getKey(), e.getMessage());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("in a game of %s: %s".formatted(game.getKey(), e.getMessage()), e);
      }
    }
    if (refusals.size() == games.size()) {
      throw new NotApplicableException("it supports none of the typical games: " + refusals);
    }
  }

  private static double[] sample(ContractSubject subject, TrainingGraph graph, int count)
      throws Exception {
    List<double[]> made = new ArrayList<>();
    try (Session session = Session.open(graph)) {
      TensorScope.runUnrecorded(
          manager -> {
            NDArray samples = sample(subject, session, manager, count);
            Shape expected = expected(session, manager, count);
            ContractAssertions.require(
                samples.getShape().equals(expected),
                "%d samples of these data have the shape %s, not %s",
                count,
                samples.getShape(),
                expected);
            ContractAssertions.require(
                samples.getManager() == manager, "the samples belong to another manager");
            ContractAssertions.requireFinite(samples, "the array of samples");
            made.add(ArrayAssertions.toDoubles(samples));
          });
    }
    return made.get(0);
  }

  private static Shape expected(Session session, NDManager manager, int count) {
    ModelUse use = session.trainedModel(manager, 1).uses().get(0);
    return new Shape(count).addAll(use.output().shape());
  }

  private static NDArray sample(
      ContractSubject subject, Session session, NDManager manager, int count) {
    TrainedModel model = session.trainedModel(manager, 1);
    ModelUse use = model.uses().get(0);
    Map<String, NDArray> fields = model.drawFields(use, count);
    NDArray samples =
        subject
            .create(Sampler.class)
            .sample(
                new SamplingRequest(model, use, count, fields, SamplerContract::requireProgress));
    fields.values().forEach(NDArray::close);
    return samples;
  }

  private static void requireProgress(long done, long total) {
    ContractAssertions.require(
        total > 0 && done >= 0 && done <= total, "it reports a progress of %d of %d", done, total);
  }

  private static void checkLeaks(ContractSubject subject, TrainingGraph graph) throws Exception {
    try (Session session = Session.open(graph)) {
      TensorScope.runUnrecorded(
          manager ->
              ContractAssertions.requireNoLeak(
                  manager, 3, "calls", () -> sample(subject, session, manager, 5).close()));
    }
  }
}
