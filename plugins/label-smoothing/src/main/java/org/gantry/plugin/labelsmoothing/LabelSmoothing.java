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
 * One-sided label smoothing. It lowers the discriminator's target for real samples, so high
 * confidence has no reward. The target for fakes does not change, because a higher one would reward
 * confidence where only fakes lie.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "label-smoothing",
    summary =
        "One-sided label smoothing: a lower target of the discriminator for real" + " samples",
    paper = "arXiv:1606.03498, section 3.4")
final class LabelSmoothing implements Regularizer {

  private static final String NAME = "label-smoothing";

  /** The smoothed target. */
  record Options(
      @Description("the target for real samples, in place of 1")
          @DefaultValue("0.9")
          @Positive @DecimalMax("1") double target,
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
                        "label smoothing needs a loss with a target for real samples, such as"
                            + " non-saturating, minimax or least-squares; %s has no target"
                                .formatted(
                                    graph
                                        .loss(Loss.class)
                                        .map(LabelSmoothing::name)
                                        .orElseThrow())));
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      addTerm(graph, pair, loss);
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, TargetLoss loss) {
    Signal real = pair.discriminator().apply(pair.real()).get(ScoreLoss.SCORE);
    Signal term = graph.map(NAME, scores -> loss.smoothingTerm(scores, options.target()), real);
    // The loss scores the real sample once per fake, with the weight of the fake.
    double weight = pair.fakes().stream().mapToDouble(FakeExample::discriminatorWeight).sum();
    graph.minimise(pair.discriminator().player(), NAME, weight, term);
  }

  private static String name(Loss loss) {
    Component component = loss.getClass().getAnnotation(Component.class);
    return component == null ? loss.getClass().getSimpleName() : component.name();
  }
}
