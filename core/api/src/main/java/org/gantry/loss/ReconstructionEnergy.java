package org.gantry.loss;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.Example;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/**
 * The reconstruction error of an autoencoder that acts as a discriminator (arXiv:1609.03126). It is
 * at least 0 and small for samples that the discriminator takes for real.
 *
 * <p>The energy is computed from the residual r of a sample, which is the reconstruction minus the
 * input. The network returns the residual itself, because noise and packing can change its input. n
 * is the number of elements of r.
 */
public enum ReconstructionEnergy {
  /** ‖r‖, the Euclidean norm over the whole sample. It grows with √n. */
  NORM,
  /** Σ r². */
  SUM_OF_SQUARES,
  /** Σ r² / n. */
  MEAN_SQUARE,
  /** Σ |r| / n. */
  MEAN_ABSOLUTE;

  /** The output port from which losses over energies read the residual. */
  public static final String RESIDUAL = "residual";

  /** Keeps the derivative of the square root finite when the residual is zero. */
  private static final double TINY = 1e-12;

  /**
   * Computes the energies of a batch.
   *
   * @param residual shape (batch, ...)
   * @return shape (batch); belongs to the manager of the residual
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
   * Applies a discriminator to an example and returns the energies, of shape (batch).
   *
   * @param discriminator a network with the output port {@value #RESIDUAL}
   */
  public Signal energySignal(Graph graph, Network discriminator, Example example) {
    return graph.map("energy", this::compute, discriminator.apply(example).get(RESIDUAL));
  }
}
