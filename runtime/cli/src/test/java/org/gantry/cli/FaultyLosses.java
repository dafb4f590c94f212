package org.gantry.cli;

import ai.djl.ndarray.NDArray;
import org.gantry.loss.ScoreLoss;

/** Losses that end a training. */
final class FaultyLosses {

  private FaultyLosses() {}

  /** Accepts the zeros with which a graph is built, and fails in the first step. */
  static final class FailsInFirstStep implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      if (real.countNonzero().getLong() > 0) {
        throw new IllegalStateException("the loss gave up");
      }
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  /** Returns 0/0 for the generator. */
  static final class ReturnsNan implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().add(real.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      NDArray zero = fake.mean().mul(0);
      return zero.div(zero);
    }
  }
}
