package org.gantry.loss;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.Example;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/**
 * How badly an autoencoder reproduces a sample: the energy that a discriminator gives it, at least
 * 0, and small for what it takes for real.
 *
 * <p>An energy is taken of the residual and not of two images, because the network alone knows what
 * it was given once noise or packing lies on its input. Below, r is the residual of one sample, the
 * reconstruction minus what was given, and n is how many numbers it has.
 */
public enum ReconstructionEnergy {
  /** ‖r‖, the Euclidean norm over the whole sample; grows with √n. */
  NORM,
  /** Σ r². */
  SUM_OF_SQUARES,
  /** Σ r² / n. */
  MEAN_SQUARE,
  /** Σ |r| / n. */
  MEAN_ABSOLUTE;

  /** The port that losses over energies read from an autoencoder. */
  public static final String RESIDUAL = "residual";

  /** What keeps the root's derivative finite where a sample is reproduced exactly. */
  private static final double TINY = 1e-12;

  /**
   * The energies of a batch.
   *
   * @param residual shape (batch, ...)
   * @return shape (batch), belonging to the residual's manager
   */
  public NDArray compute(NDArray residual) {
    NDArray rows = residual.reshape(residual.getShape().get(0), -1);
    int[] sample = {1};
    return switch (this) {
      case NORM -> rows.square().sum(sample).add(TINY).sqrt();
      case SUM_OF_SQUARES -> rows.square().sum(sample);
      case MEAN_SQUARE -> rows.square().mean(sample);
      case MEAN_ABSOLUTE -> rows.abs().mean(sample);
    };
  }

  /**
   * The energies that a discriminator gives to examples, shape (batch).
   *
   * @param discriminator has to give the port {@value #RESIDUAL}
   */
  public Signal energySignal(Graph graph, Network discriminator, Example example) {
    return graph.map("energy", this::compute, discriminator.apply(example).get(RESIDUAL));
  }
}
