package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.training.Session;

/** The contract of samplers, checked on a small untrained game. */
final class SamplerContract {

  private SamplerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it draws the requested number of samples in the shape of the data",
            () -> {
              sample(subject, 1, 1);
              sample(subject, 5, 1);
            }),
        new ContractCheck("it can draw hundreds of samples", () -> sample(subject, 300, 1)),
        new ContractCheck(
            "the same seed gives the same samples",
            () ->
                ContractAssertions.requireClose(
                    0, sample(subject, 5, 1), sample(subject, 5, 1), "the second drawing")),
        new ContractCheck(
            "it leaves no arrays behind except the samples", () -> checkLeaks(subject)));
  }

  private static double[] sample(ContractSubject subject, int count, long seed) throws Exception {
    List<double[]> made = new ArrayList<>();
    try (Session session = Session.open(AdaptiveGame.of(new CrossEntropyLoss()).build())) {
      TensorScope.runUnrecorded(
          manager -> {
            NDArray samples = sample(subject, session, manager, count, seed);
            Shape expected = new Shape(count, 2);
            ContractAssertions.require(
                samples.getShape().equals(expected),
                "%d samples of points in the plane have the shape %s, not %s",
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

  private static NDArray sample(
      ContractSubject subject, Session session, NDManager manager, int count, long seed) {
    return subject.create(Sampler.class).sample(session.trainedModel(manager, seed), count);
  }

  private static void checkLeaks(ContractSubject subject) throws Exception {
    try (Session session = Session.open(AdaptiveGame.of(new CrossEntropyLoss()).build())) {
      TensorScope.runUnrecorded(
          manager ->
              ContractAssertions.requireNoLeak(
                  manager, 3, "calls", () -> sample(subject, session, manager, 5, 1).close()));
    }
  }
}
