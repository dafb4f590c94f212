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
 * The game in which a sample is not real or fake by itself: the discriminator is to score a real
 * sample higher than the fake at the same place of the batch, and whoever makes fakes, to have it
 * the other way round. So every real sample has to be matched, and pleasing the discriminator where
 * it is already pleased gains little.
 *
 * <p>With real scores r and fake scores f of shape (batch, 1), or (batch, ...) for patches, the
 * discriminator minimises the mean of softplus(f − r), and makers that of softplus(r − f).
 */
@Component(
    kind = LOSS,
    name = "relativistic",
    summary = "Each real sample is to score higher than a fake, and each fake than a real sample",
    paper = "arXiv:1807.00734; arXiv:2501.05441")
final class RelativisticLoss implements Loss {

  /**
   * What the discriminator minimises; with the sides exchanged, what the makers of either minimise.
   *
   * @return a scalar, in the manager of the first argument; least where the first side scores far
   *     higher than the other
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
      // Who makes real examples wants what the makers of fakes want: no difference.
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
