package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.training.Session;

/** What every sampler promises, of a run of the tiny game. */
final class SamplerContract {

  private SamplerContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "it makes as many samples as are wanted, of the data's shape",
            () -> {
              sample(subject, 1, 1);
              sample(subject, 5, 1);
            }),
        new ContractCheck("it makes many samples too", () -> sample(subject, 300, 1)),
        new ContractCheck(
            "the same seed gives the same samples",
            () ->
                ContractAssertions.requireClose(
                    0, sample(subject, 5, 1), sample(subject, 5, 1), "what is sampled again")),
        new ContractCheck("it leaves nothing but the samples behind", () -> checkLeaks(subject)));
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
            ContractAssertions.requireFinite(samples, "what it makes");
            made.add(ArrayAssertions.toDoubles(samples));
          });
    }
    return made.get(0);
  }

  private static NDArray sample(
      ContractSubject subject, Session session, NDManager manager, int count, long seed) {
    return subject.create(Sampler.class).sample(session.trained(manager, seed), count);
  }

  private static void checkLeaks(ContractSubject subject) throws Exception {
    try (Session session = Session.open(AdaptiveGame.of(new CrossEntropyLoss()).build())) {
      TensorScope.runUnrecorded(
          manager -> {
            sample(subject, session, manager, 5, 1);
            int arrays = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
              sample(subject, session, manager, 5, 1).close();
            }
            int more = manager.getManagedArrays().size() - arrays;
            ContractAssertions.require(more == 0, "three calls leave %d arrays behind", more);
          });
    }
  }
}
