package org.gantry.plugin.labelsmoothing;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.loss.TargetLoss;
import org.gantry.regularizer.Regularizer;

/**
 * Lowers the discriminator's target for real samples, so that it is never rewarded for being quite
 * sure. The target for fakes stays: raising it would reward the discriminator for trusting regions
 * where only fakes lie.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "label-smoothing",
    summary = "Lowers the discriminator's target for real samples, and for those alone",
    paper = "arXiv:1606.03498, section 3.4")
final class LabelSmoothing implements Regularizer {

  private static final String NAME = "label-smoothing";

  /** What can be set. */
  record Options(
      @Description("the target for real samples in place of 1")
          @DefaultValue("0.9")
          @Positive
          @DecimalMax("1")
          double target,
      @Description("the roles of the discriminators to smooth; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  LabelSmoothing(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    TargetLoss loss =
        graph
            .loss(TargetLoss.class)
            .orElseThrow(
                () ->
                    new UnusableComponentException(
                        "label smoothing needs a loss with the target 1 for real samples, such as"
                            + " non-saturating, minimax or least-squares; "
                            + graph.loss(Loss.class).map(LabelSmoothing::name).orElseThrow()
                            + " has none"));
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      addTerm(graph, pair, loss);
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, TargetLoss loss) {
    Signal real = pair.discriminator().apply(pair.real()).get(ScoreLoss.SCORE);
    Signal term = graph.map(NAME, scores -> loss.smoothingTerm(scores, options.target()), real);
    // The loss judges the real sample once beside each fake, as often as that counts.
    double weight = pair.fakes().stream().mapToDouble(FakeExample::discriminatorWeight).sum();
    graph.minimise(pair.discriminator().player(), NAME, weight, term);
  }

  private static String name(Loss loss) {
    Component component = loss.getClass().getAnnotation(Component.class);
    return component == null ? loss.getClass().getSimpleName() : component.name();
  }
}
