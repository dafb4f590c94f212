package org.gantry.loss;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/**
 * A loss that depends only on the scores of the discriminator.
 *
 * <p>Scores are unbounded logits; a higher score means more real. They have the shape (batch, 1),
 * or (batch, ...) if the discriminator scores patches. The methods are pure functions. Each returns
 * a scalar, averaged over all scores, which belongs to the manager of the first argument.
 */
public interface ScoreLoss extends Loss {

  /** The output port from which the loss reads the scores. */
  String SCORE = "score";

  /** Returns what the discriminator minimises, given its scores of real and of fake samples. */
  NDArray discriminatorLoss(NDArray real, NDArray fake);

  /** Returns what the generator minimises, given the scores of its samples. */
  NDArray generatorLoss(NDArray fake);

  /**
   * Returns what a player minimises that makes part of the real examples, such as the encoder of a
   * bidirectional GAN. Topologies without such a player do not use it.
   *
   * <p>The default is the generator's loss of the negated scores. It is right for a loss that stays
   * the same when real and fake are exchanged and all scores are negated. Override it otherwise.
   *
   * @param real the scores of the real examples
   */
  default NDArray realExampleLoss(NDArray real) {
    return generatorLoss(real.neg());
  }

  @Override
  default void addTerms(AdversarialPair pair, Graph graph) {
    Signal real = pair.discriminator().apply(pair.real()).get(SCORE);
    for (FakeExample fake : pair.fakes()) {
      Signal score = pair.discriminator().apply(fake.example()).get(SCORE);
      if (fake.discriminatorWeight() != 0) {
        Signal term = graph.map("discriminator-loss", this::discriminatorLoss, real, score);
        graph.minimise(
            pair.discriminator().player(), pair.termName(fake), fake.discriminatorWeight(), term);
      }
      if (fake.generatorWeight() != 0 && !fake.makers().isEmpty()) {
        Signal term = graph.map("generator-loss", this::generatorLoss, score);
        for (String maker : fake.makers()) {
          graph.minimise(maker, pair.termName(fake), fake.generatorWeight(), term);
        }
      }
    }
    if (!pair.makers().isEmpty()) {
      Signal term = graph.map("real-example-loss", this::realExampleLoss, real);
      pair.makers().forEach(maker -> graph.minimise(maker, pair.name(), 1, term));
    }
  }
}
