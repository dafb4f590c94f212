package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.Numbers;
import org.gantry.training.Session;

/** What every sampler promises, of a run of the tiny game. */
final class SamplerContract {

  private SamplerContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check(
            "it makes as many samples as are wanted, of the data's shape",
            () -> {
              sample(subject, 1, 1);
              sample(subject, 5, 1);
            }),
        new Check("it makes many samples too", () -> sample(subject, 300, 1)),
        new Check(
            "the same seed gives the same samples",
            () ->
                Expect.close(
                    0, sample(subject, 5, 1), sample(subject, 5, 1), "what is sampled again")),
        new Check("it leaves nothing but the samples behind", () -> checkLeaks(subject)));
  }

  private static double[] sample(Subject subject, int count, long seed) throws Exception {
    List<double[]> made = new ArrayList<>();
    try (Session session = Session.open(Game.of(new CrossEntropy()).build())) {
      Trial.unrecorded(
          manager -> {
            NDArray samples = sample(subject, session, manager, count, seed);
            Shape expected = new Shape(count, 2);
            Expect.that(
                samples.getShape().equals(expected),
                "%d samples of points in the plane have the shape %s, not %s",
                count,
                samples.getShape(),
                expected);
            Expect.that(samples.getManager() == manager, "the samples belong to another manager");
            Expect.finite(samples, "what it makes");
            made.add(Numbers.doubles(samples));
          });
    }
    return made.get(0);
  }

  private static NDArray sample(
      Subject subject, Session session, NDManager manager, int count, long seed) {
    return subject.as(Sampler.class).sample(session.trained(manager, seed), count);
  }

  private static void checkLeaks(Subject subject) throws Exception {
    try (Session session = Session.open(Game.of(new CrossEntropy()).build())) {
      Trial.unrecorded(
          manager -> {
            sample(subject, session, manager, 5, 1);
            int arrays = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
              sample(subject, session, manager, 5, 1).close();
            }
            int more = manager.getManagedArrays().size() - arrays;
            Expect.that(more == 0, "three calls leave %d arrays behind", more);
          });
    }
  }
}
