package org.gantry.plugin.relativistic;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashSet;
import java.util.Set;
import org.gantry.component.Component;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;

/**
 * The relativistic pairing loss. The discriminator learns to score a real sample higher than the
 * fake at the same place of the batch; the makers of fakes learn the opposite. So fakes have to
 * match every real sample, and a score difference that is already large adds little.
 *
 * <p>With real scores r and fake scores f of shape (batch, 1), or (batch, ...) for patches, the
 * discriminator minimises the mean of softplus(f − r), and the makers minimise the mean of
 * softplus(r − f).
 */
@Component(
    kind = LOSS,
    name = "relativistic",
    summary =
        "Relativistic pairing loss: the discriminator compares each real sample with a" + " fake",
    paper = "arXiv:1807.00734; arXiv:2501.05441")
final class RelativisticLoss implements Loss {

  /**
   * The loss of a player that wants the first scores to be higher. The discriminator passes real
   * scores first, the makers of either side pass their fakes first.
   *
   * @return a scalar in the manager of the first argument
   */
  static NDArray pairwiseLoss(NDArray one, NDArray other) {
    return softPlus(other.sub(one)).mean();
  }

  @Override
  public void addTerms(AdversarialPair pair, Graph graph) {
    Signal real = pair.discriminator().apply(pair.real()).get(ScoreLoss.SCORE);
    for (FakeExample fake : pair.fakes()) {
      Signal score = pair.discriminator().apply(fake.example()).get(ScoreLoss.SCORE);
      if (fake.discriminatorWeight() != 0) {
        Signal term = graph.map("discriminator-loss", RelativisticLoss::pairwiseLoss, real, score);
        graph.minimise(
            pair.discriminator().player(), pair.termName(fake), fake.discriminatorWeight(), term);
      }
      // The makers of real examples have the same objective as the makers of fakes.
      Set<String> makers = new LinkedHashSet<>(fake.makers());
      makers.addAll(pair.makers());
      if (fake.generatorWeight() != 0 && !makers.isEmpty()) {
        Signal term = graph.map("maker-loss", RelativisticLoss::pairwiseLoss, score, real);
        for (String maker : makers) {
          graph.minimise(maker, pair.termName(fake), fake.generatorWeight(), term);
        }
      }
    }
  }
}
