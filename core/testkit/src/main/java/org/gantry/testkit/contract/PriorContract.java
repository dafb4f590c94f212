package org.gantry.testkit.contract;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.prior.Prior;
import org.gantry.tensor.RandomStreams;

/** The contract of priors. */
final class PriorContract {

  private static final int CODES = 16;

  private PriorContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck("its codes have a shape", () -> checkShape(subject.create(Prior.class))),
        new ContractCheck("it fills the whole buffer with finite values", () -> checkFull(subject)),
        new ContractCheck(
            "the same random numbers give the same codes",
            () ->
                ContractAssertions.require(
                    Arrays.equals(draw(subject, 1), draw(subject, 1)),
                    "two draws from equal random numbers differ")),
        new ContractCheck(
            "different random numbers give different codes",
            () ->
                ContractAssertions.require(
                    !Arrays.equals(draw(subject, 1), draw(subject, 2)),
                    "two draws from different random numbers are the same")));
  }

  private static void checkShape(Prior prior) {
    ContractAssertions.require(
        prior.shape().size() > 0, "its shape %s has no elements", prior.shape());
    ContractAssertions.require(
        prior.shape().equals(prior.shape()) && prior.shape().dimension() > 0,
        "its shape is %s, where at least one dimension is expected",
        prior.shape());
  }

  private static void checkFull(ContractSubject subject) {
    float[] codes = draw(subject, 1);
    for (int i = 0; i < codes.length; i++) {
      ContractAssertions.require(Float.isFinite(codes[i]), "element %d is %s", i, codes[i]);
    }
  }

  private static float[] draw(ContractSubject subject, long seed) {
    Prior prior = subject.create(Prior.class);
    RandomGenerator random = new RandomStreams(seed).at("codes");
    FloatBuffer codes = FloatBuffer.allocate(CODES * Math.toIntExact(prior.shape().size()));
    // Values that the prior does not write stay NaN.
    Arrays.fill(codes.array(), Float.NaN);
    prior.draw(random, codes);
    ContractAssertions.require(
        !codes.hasRemaining(), "it leaves %d floats unfilled", codes.remaining());
    return codes.array();
  }
}
