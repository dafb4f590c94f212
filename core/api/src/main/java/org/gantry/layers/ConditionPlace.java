package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;

/** Where a condition enters a discriminator, for architectures with the optional port of it. */
public enum ConditionPlace {
  /** Next to the sample. A condition can be a picture of the same size. */
  INPUT,
  /** Next to the last features, through a layer of its own. */
  HIDDEN,
  /** By an inner product with the last features (arXiv:1802.05637). */
  PROJECTION;

  /** The name of the port. */
  public static final String PORT = "condition";

  /** The most units of a condition's own layer, as in arXiv:1605.05396. */
  private static final long BRANCH = 128;

  /**
   * The layer in front of a generator whose first layer takes a vector. It makes one vector of the
   * latent code and of the condition, if the topology feeds one.
   *
   * @param site has the port {@code latent}
   * @return empty if the code is a vector already
   */
  public static Optional<Block> codeInput(NetworkSite site) {
    if (site.isFed(PORT)) {
      return Optional.of(new BranchConcat(new Flatten(), new Flatten()));
    }
    return site.input("latent").dimension() == 1 ? Optional.empty() : Optional.of(new Flatten());
  }

  /**
   * A discriminator with this place for the condition, or an ordinary one if the topology feeds no
   * condition.
   *
   * @param site has the port {@code image}
   * @param join makes the trunk's input of the sample and the condition, if it enters at the input
   * @param trunk gives the features, of shape (batch, channels) or (batch, channels, height, width)
   * @param mixing creates a layer over the features and a condition next to them; it gives features
   *     of the same shape
   * @param head gives the score
   * @param channels the number of channels of the features
   * @return gives the score, then the features
   * @throws UnusableComponentException if the condition is a picture and does not enter at the
   *     input
   */
  public Block discriminator(
      NetworkSite site,
      Block join,
      Block trunk,
      Supplier<Block> mixing,
      Block head,
      long channels) {
    if (!site.isFed(PORT)) {
      return new HeadedNetwork(trunk, head);
    }
    Shape condition = site.input(PORT);
    if (this != INPUT && condition.dimension() == 3) {
      throw new UnusableComponentException(
          "a condition of shape %s is a picture, which enters at the input; set condition: input"
              .formatted(condition));
    }
    return switch (this) {
      case INPUT -> new HeadedNetwork(new SequentialBlock().add(join).add(trunk), head);
      case HIDDEN ->
          new HeadedNetwork(
              new ConditionedTrunk(trunk, Math.min(channels, BRANCH), mixing.get()), head);
      case PROJECTION -> new ProjectionNetwork(trunk, head, channels);
    };
  }
}
