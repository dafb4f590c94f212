package org.gantry.plugin.semisupervised;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.LogSumExp;
import org.gantry.loss.ScoreLoss;
import org.gantry.tensor.ClassLogits;
import org.gantry.topology.Topology;

/**
 * Semi-supervised learning. The discriminator classifies samples into K real classes and one class
 * of fakes. It learns the classes from a few labelled samples, and the separation of real from fake
 * from all samples and the generator's fakes. Together they give a better classifier than the
 * labels alone. The score is {@code log(sum(exp(logits)))}, with the logit of fakes fixed at 0, so
 * any loss of scores can be used.
 *
 * <p>The paper's unlabelled loss is the mean of its real and its fake part, and the losses here are
 * sums. So the paper's weighting is a supervised weight of 2. Its generator uses feature matching
 * (add {@code feature-matching}); with minibatch discrimination it gives better images and no
 * better classifier. All samples, labelled or not, serve as unlabelled samples.
 */
@Component(
    kind = TOPOLOGY,
    name = "semi-supervised",
    summary =
        "Semi-supervised GAN: the discriminator also classifies, from labels of a few" + " samples",
    paper = "arXiv:1606.03498, section 5")
final class SemiSupervisedTopology implements Topology {

  private static final String LATENT = "latent";
  private static final String CLASSES = "classes";
  private static final String LABELLED = "labelled";

  /** The defaults are those of the paper. */
  record Options(
      @Description("the number of labelled samples, equally many of each class")
          @DefaultValue("100")
          @Positive int labels,
      @Description("the seed that chooses the labelled samples") @DefaultValue("1") int choice,
      @Description("the weight of the cross entropy of labelled samples")
          @DefaultValue("2")
          @PositiveOrZero double supervisedWeight,
      @Description("the weight of the discriminator's adversarial term; 0 learns from labels alone")
          @DefaultValue("1")
          @PositiveOrZero double gameWeight) {}

  private final Options options;

  @Inject
  SemiSupervisedTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    DatasetField label = graph.field(DatasetField.LABEL);
    graph.drawFrom(
        LABELLED, LabelledSubset.of(graph.dataset(), options.labels(), options.choice()));
    int classes = label.classNames().size();
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent(LATENT);
    Signal labels =
        graph.map(
            "one-hot",
            l -> ClassLogits.oneHot(l, classes),
            graph.real(DatasetField.LABEL, LABELLED));
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    discriminator.replaceHead(List.of(ScoreLoss.SCORE, CLASSES), () -> head(classes));
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        new FakeExample(Example.of(fake), List.of(generator.player()), options.gameWeight(), 1));
    Signal logits = discriminator.apply(graph.real(DatasetField.IMAGE, LABELLED)).get(CLASSES);
    graph.minimise(
        discriminator.player(),
        "supervised",
        options.supervisedWeight(),
        graph.map("cross-entropy", ClassLogits::crossEntropy, logits, labels));
    graph.watch(
        "labelled-accuracy",
        graph.map("accuracy", SemiSupervisedTopology::accuracy, logits, labels));
  }

  /**
   * Maps features, which may be feature maps, to a score of shape (batch, 1) and logits of shape
   * (batch, classes).
   */
  static Block head(int classes) {
    Block logits =
        new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(classes).build());
    return new HeadedNetwork(logits, new LogSumExp());
  }

  /** The classification accuracy. */
  static NDArray accuracy(NDArray logits, NDArray labels) {
    return logits.argMax(1).eq(labels.argMax(1)).toType(DataType.FLOAT32, false).mean();
  }
}
