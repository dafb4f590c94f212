package org.gantry.training;

/** What the workers of a training exchange. */
public enum WorkerStrategy {

  /**
   * The mean of the gradients, before each update. All workers keep the same weights, and train as
   * one worker with the joined batch does (synchronous data parallelism).
   */
  ALL_REDUCE,

  /**
   * The mean of weights, running statistics and optimizer state, after each update of every K-th
   * step. Workers drift apart in between (local SGD; FedGAN, arXiv:2006.07228).
   */
  AVERAGING,

  /**
   * The mean of the gradients of all players but the discriminators. Each worker has discriminators
   * of its own, and passes them on to the next worker every K-th step, with their optimizer state
   * (MD-GAN, arXiv:1811.03850). The workers keep the same generator. The paper's server sends
   * pictures and collects their gradients; here each worker has the generator, and gradients of
   * weights travel.
   */
  MULTI_DISCRIMINATOR
}
