package org.gantry.plugin.auxiliaryclassifier;

import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.ClassLogits;

/**
 * An auxiliary classifier. It learns the classes of real samples, and the makers of fakes minimise
 * its error on their fakes. The fakes of a batch have to be made for the labels of its real
 * samples, as in the topology {@code conditional}, so both have the same distribution of labels.
 *
 * <p>In the paper the classifier shares layers with the discriminator. Here it is a network of its
 * own in the role {@code class-encoder}, an encoder whose code is one logit for each class. It
 * works with every discriminator, also with one that sees the label.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "auxiliary-classifier",
    summary = "A classifier that rewards fakes of the class that they were made for (AC-GAN)",
    paper = "arXiv:1610.09585, section 3")
final class AuxiliaryClassifier implements Regularizer {

  private static final String NAME = "classification";
  private static final String LOGITS = "latent";

  record Options(
      @Description(
              "the weight of the cross entropy of fakes in the loss of their maker; with 0, the"
                  + " classifier learns for later stages alone")
          @DefaultValue("1")
          @PositiveOrZero double weight,
      @Description("the label field of the data") @DefaultValue(DatasetField.LABEL) String label,
      @Description("whether the classifier also learns from fakes, as in the paper")
          @DefaultValue("true")
          boolean fakes) {}

  private final Options options;

  @Inject
  AuxiliaryClassifier(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    DatasetField field = graph.field(options.label());
    if (field.type() != ValueType.LABEL || field.classNames().size() < 2) {
      throw new UnusableComponentException(
          "it needs a label of at least two classes, and '%s' is not one"
              .formatted(options.label()));
    }
    Signal image = graph.real(DatasetField.IMAGE);
    int classes = field.classNames().size();
    Signal labels = oneHot(graph, graph.real(options.label()), classes);
    Network classifier =
        graph
            .network("class-encoder", ComponentKind.ENCODER)
            .takes(DatasetField.IMAGE, image)
            .gives(LOGITS, labels);
    Signal real = classify(graph, classifier, image, labels);
    graph.minimise(classifier.player(), NAME, 1, real);
    if (options.weight() == 0) {
      return;
    }
    boolean rewarded = false;
    for (AdversarialPair pair : graph.pairs()) {
      for (FakeExample fake : pair.fakes()) {
        if (!fake.makers().isEmpty() && isLike(fake, image)) {
          Signal asked = fake.asked().get(options.label());
          Signal wanted = asked == null ? labels : oneHot(graph, asked, classes);
          rewardFake(graph, classifier, fake.example().signals().get(0), wanted, fake);
          rewarded = true;
        }
      }
    }
    if (!rewarded) {
      throw new UnusableComponentException("no player makes images that could be classified");
    }
  }

  private static Signal oneHot(Graph graph, Signal label, int classes) {
    return graph.map("one-hot", value -> ClassLogits.oneHot(value, classes), label);
  }

  private static boolean isLike(FakeExample fake, Signal image) {
    return fake.example().signals().get(0).shape().equals(image.shape());
  }

  private void rewardFake(
      Graph graph, Network classifier, Signal made, Signal labels, FakeExample fake) {
    Signal error = classify(graph, classifier, made, labels);
    if (options.fakes()) {
      graph.minimise(classifier.player(), NAME + "-of-fakes", 1, error);
    }
    for (String maker : fake.makers()) {
      graph.minimise(maker, NAME, options.weight(), error);
    }
  }

  private static Signal classify(Graph graph, Network classifier, Signal image, Signal labels) {
    return graph.map(NAME, ClassLogits::crossEntropy, classifier.apply(image).get(LOGITS), labels);
  }
}
