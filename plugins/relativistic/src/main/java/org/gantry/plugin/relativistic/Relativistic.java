package org.gantry.plugin.relativistic;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.Kind.LOSS;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.graph.Fake;
import org.gantry.graph.Graph;
import org.gantry.graph.Pair;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;

/**
 * The game in which a sample is not real or fake by itself: the discriminator is to score a real
 * sample higher than the fake at the same place of the batch, and whoever makes fakes, to have it
 * the other way round. A generator that drops modes gains nothing by pleasing the discriminator
 * where it is already pleased, since every real sample has to be matched; so minima at collapsed
 * generators, which a loss of single scores has, are none here.
 *
 * <p>With real scores r and fake scores f of shape (batch, 1), or (batch, ...) for patches, the
 * discriminator minimises the mean of softplus(f − r), and makers that of softplus(r − f). On
 * average, each is held against the mean of the other side instead: the discriminator minimises the
 * mean of softplus(mean(f) − r) plus that of softplus(f − mean(r)), and makers the same with the
 * sides exchanged.
 */
@Component(
    kind = LOSS,
    name = "relativistic",
    summary = "Each real sample is to score higher than a fake, and each fake than a real sample",
    paper = "arXiv:1807.00734; arXiv:2501.05441, section 2")
final class Relativistic implements Loss {

  record Options(
      @Doc("hold each sample against the mean of the other side, not against one of it")
          @Default("false")
          boolean average) {}

  private final Options options;

  @Inject
  Relativistic(Options options) {
    this.options = options;
  }

  /**
   * What the discriminator minimises.
   *
   * @return a scalar, in the manager of the first argument
   */
  NDArray discriminator(NDArray real, NDArray fake) {
    return higher(real, fake);
  }

  /**
   * What the makers of either side minimise.
   *
   * @return a scalar, in the manager of the first argument
   */
  NDArray maker(NDArray real, NDArray fake) {
    return higher(fake, real);
  }

  /** Least where one side scores far higher than the other. */
  private NDArray higher(NDArray one, NDArray other) {
    return options.average()
        ? softPlus(other.mean().sub(one)).mean().add(softPlus(other.sub(one.mean())).mean())
        : softPlus(other.sub(one)).mean();
  }

  @Override
  public void play(Pair pair, Graph graph) {
    Signal real = pair.discriminator().apply(pair.real()).get(ScoreLoss.SCORE);
    for (Fake fake : pair.fakes()) {
      Signal score = pair.discriminator().apply(fake.example()).get(ScoreLoss.SCORE);
      if (fake.discriminatorWeight() != 0) {
        Signal term = graph.map("discriminator-loss", this::discriminator, real, score);
        graph.minimise(
            pair.discriminator().player(), pair.term(fake), fake.discriminatorWeight(), term);
      }
      // Who makes real examples wants what the makers of fakes want: no difference.
      Set<String> makers = new LinkedHashSet<>(fake.makers());
      makers.addAll(pair.makers());
      if (fake.generatorWeight() != 0 && !makers.isEmpty()) {
        Signal term = graph.map("maker-loss", this::maker, real, score);
        for (String maker : makers) {
          graph.minimise(maker, pair.term(fake), fake.generatorWeight(), term);
        }
      }
    }
  }
}
