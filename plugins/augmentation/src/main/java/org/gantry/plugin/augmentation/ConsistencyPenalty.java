package org.gantry.plugin.augmentation;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;

/**
 * Penalises a discriminator for scoring an image differently from its augmented copy. The penalty
 * is the mean squared difference of the two scores. The copy is mirrored at random and shifted a
 * little.
 *
 * <p>By default the penalty applies to real images (arXiv:1910.12027). With a positive {@code
 * fake-weight} it also applies to fakes, which is balanced consistency regularization
 * (arXiv:2002.04724). The generator's loss does not change. Each image has its own draws; the
 * images of one example, such as an image and its condition, share them.
 *
 * <p>Mirroring suits data with left-right symmetry. Digits and letters do not have it.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "consistency",
    summary =
        "Consistency regularization: the discriminator scores an image and its shifted"
            + " copy alike",
    paper = "arXiv:1910.12027, equation 4; arXiv:2002.04724, algorithm 1")
final class ConsistencyPenalty implements Regularizer {

  private static final String NAME = "consistency";

  /** The defaults are those of arXiv:1910.12027. */
  record Options(
      @Description("the weight of the penalty on real images") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the weight of the penalty on fakes: 0 for none, 10 for balanced consistency")
          @DefaultValue("0")
          @PositiveOrZero double fakeWeight,
      @Description("whether each image is mirrored with probability one half") @DefaultValue("true")
          boolean flip,
      @Description("the largest shift of an image, as a share of its side")
          @DefaultValue("0.125")
          @PositiveOrZero @DecimalMax("0.5") double shift,
      @Description("the roles of the discriminators to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  ConsistencyPenalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      penalise(graph, pair.discriminator(), pair.real(), options.weight());
      for (FakeExample fake : pair.fakes()) {
        penalise(
            graph,
            pair.discriminator(),
            fake.example(),
            options.fakeWeight() * fake.discriminatorWeight());
      }
    }
  }

  private void penalise(Graph graph, Network discriminator, Example example, double weight) {
    if (weight == 0) {
      return;
    }
    Signal before = discriminator.apply(example).get(ScoreLoss.SCORE);
    Signal after = discriminator.apply(augmented(graph, example)).get(ScoreLoss.SCORE);
    graph.minimise(
        discriminator.player(),
        NAME,
        weight,
        graph.map(NAME, ConsistencyPenalty::meanSquaredDifference, before, after));
  }

  private Example augmented(Graph graph, Example example) {
    List<Signal> images =
        example.signals().stream().filter(s -> s.shape().dimension() == 4).toList();
    Signal any = images.isEmpty() ? example.signals().get(0) : images.get(0);
    Signal mirror = graph.uniform(NAME + "-draw", ImageTransforms.drawShape(any));
    Signal down = graph.uniform(NAME + "-draw", ImageTransforms.drawShape(any));
    Signal right = graph.uniform(NAME + "-draw", ImageTransforms.drawShape(any));
    return new Example(
        example.signals().stream()
            .map(
                s ->
                    images.contains(s)
                        ? graph.combine(
                            "moved",
                            v -> augmented(v.get(0), v.get(1), v.get(2), v.get(3)),
                            s,
                            mirror,
                            down,
                            right)
                        : s)
            .toList());
  }

  private NDArray augmented(NDArray images, NDArray mirror, NDArray down, NDArray right) {
    NDArray mirrored = options.flip() ? ImageTransforms.flip(images, mirror) : images;
    return options.shift() == 0
        ? mirrored
        : ImageTransforms.translation(mirrored, down, right, options.shift());
  }

  /** The mean squared difference of two scores of the same images. */
  static NDArray meanSquaredDifference(NDArray before, NDArray after) {
    return before.sub(after).square().mean();
  }
}
