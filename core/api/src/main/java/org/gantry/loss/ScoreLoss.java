package org.gantry.loss;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/**
 * A loss over the discriminator's raw scores: two pure functions of arrays of shape (batch, 1), or
 * (batch, ...) for a discriminator that scores patches. A score is an unbounded logit; greater
 * means more real. Results are scalars that the named player minimises, averaged over all scores,
 * and belong to the manager of the first argument.
 */
public interface ScoreLoss extends Loss {

  /** The port that the loss reads from the discriminator. */
  String SCORE = "score";

  /** What the discriminator minimises. */
  NDArray discriminatorLoss(NDArray real, NDArray fake);

  /** What the maker of the fakes minimises. */
  NDArray generatorLoss(NDArray fake);

  /**
   * What the maker of real examples minimises, where a topology has one: the generator's part of
   * the same game with the sides exchanged. As it stands it suits losses that are unchanged when
   * real and fake are exchanged and scores change their sign.
   *
   * @param real the discriminator's scores of the real examples
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
      Signal term = graph.map("real-maker-loss", this::realExampleLoss, real);
      pair.makers().forEach(maker -> graph.minimise(maker, pair.name(), 1, term));
    }
  }
}
