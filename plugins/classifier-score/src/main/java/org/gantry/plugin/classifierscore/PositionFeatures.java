package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.metric.EvaluationContext;

/** Features of a small network that was trained to tell the positions of images apart. */
final class PositionFeatures implements FeatureNetwork {

  private final ClassifierNetwork network;
  private final ImageClassifier classifier;
  private final LabelledImages labelled;
  private final String name;

  private PositionFeatures(
      ClassifierNetwork network, ImageClassifier classifier, LabelledImages labelled, String name) {
    this.network = network;
    this.classifier = classifier;
    this.labelled = labelled;
    this.name = name;
  }

  /**
   * Loads the network from the metric's cache folder, or trains and saves it.
   *
   * @param examples the number of images to train on, with repeats
   */
  static PositionFeatures loadOrTrain(
      EvaluationContext evaluation, TurnedImages images, int examples) {
    LabelledImages labelled = new LabelledImages(images);
    ClassifierNetwork network = new ClassifierNetwork(evaluation.manager(), labelled.classCounts());
    try {
      return new PositionFeatures(
          network,
          ImageClassifier.loadOrTrain(evaluation, network, labelled, examples),
          labelled,
          "%s-%d".formatted(images.positions(), examples));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NDArray ofReal(NDManager into, int[] images) {
    return classifier.classify(into, labelled, TurnedImages.upright(images)).features();
  }

  @Override
  public NDArray ofGenerated(NDManager into, NDArray generated) {
    return classifier.classify(into, labelled, generated).features();
  }

  @Override
  public void close() {
    network.close();
  }
}
