package org.gantry.plugin.plugandplay;

import ai.djl.ndarray.NDArray;

/** What a chain increases to reach a class. */
enum ClassObjective {
  /** The logarithm of the probability of the class. */
  LOG_PROBABILITY {
    @Override
    NDArray of(NDArray logits, NDArray classes) {
      return logits.logSoftmax(1).mul(classes).sum();
    }
  },

  /**
   * The same, without the gradient by the logits of the other classes, as in the sampler that the
   * authors published.
   */
  TRUNCATED {
    @Override
    NDArray of(NDArray logits, NDArray classes) {
      NDArray missing = logits.softmax(1).stopGradient().neg().add(1f);
      return logits.mul(missing).mul(classes).sum();
    }
  },

  /** The logit of the class. */
  LOGIT {
    @Override
    NDArray of(NDArray logits, NDArray classes) {
      return logits.mul(classes).sum();
    }
  };

  /**
   * The objective, summed over the samples.
   *
   * @param logits shape (n, classes)
   * @param classes one-hot rows of the same shape
   * @return a scalar, which belongs to the manager of the logits
   */
  abstract NDArray of(NDArray logits, NDArray classes);
}
