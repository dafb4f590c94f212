package org.gantry.testkit.contract;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.prior.Prior;
import org.gantry.tensor.RandomStreams;

/** What every prior promises. */
final class PriorContract {

  private static final int CODES = 16;

  private PriorContract() {}

  static List<Check> of(Subject subject) {
    return List.of(
        new Check("its codes have a shape", () -> checkShape(subject.as(Prior.class))),
        new Check("it fills all that it is given, with finite numbers", () -> checkFull(subject)),
        new Check(
            "the same random numbers give the same codes",
            () ->
                Expect.that(
                    Arrays.equals(draw(subject, 1), draw(subject, 1)),
                    "two draws from equal random numbers differ")),
        new Check(
            "other random numbers give other codes",
            () ->
                Expect.that(
                    !Arrays.equals(draw(subject, 1), draw(subject, 2)),
                    "two draws from different random numbers are the same")));
  }

  private static void checkShape(Prior prior) {
    Expect.that(prior.shape().size() > 0, "its shape is %s, which has no element", prior.shape());
    Expect.that(
        prior.shape().equals(prior.shape()) && prior.shape().dimension() > 0,
        "its shape is %s, where at least one dimension is expected",
        prior.shape());
  }

  private static void checkFull(Subject subject) {
    float[] codes = draw(subject, 1);
    for (int i = 0; i < codes.length; i++) {
      Expect.that(Float.isFinite(codes[i]), "element %d is %s", i, codes[i]);
    }
  }

  private static float[] draw(Subject subject, long seed) {
    Prior prior = subject.as(Prior.class);
    RandomGenerator random = new RandomStreams(seed).at("codes");
    FloatBuffer codes = FloatBuffer.allocate(CODES * Math.toIntExact(prior.shape().size()));
    // What is not written stays no number.
    Arrays.fill(codes.array(), Float.NaN);
    prior.draw(random, codes);
    Expect.that(!codes.hasRemaining(), "it leaves %d floats unfilled", codes.remaining());
    return codes.array();
  }
}
