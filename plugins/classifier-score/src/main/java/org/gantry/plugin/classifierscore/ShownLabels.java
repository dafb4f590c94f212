package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.plugin.classifierscore.SignedTerm.LabelValue;
import org.gantry.tensor.Autograd;

/**
 * What a classifier of the data sees in samples.
 *
 * @param labels the labels of the data
 * @param predictions the predictions for each label
 */
record ShownLabels(List<DatasetField> labels, List<ClassPredictions> predictions) {

  /** The labels of a data set that have several classes. */
  static List<DatasetField> labels(Dataset dataset) {
    List<DatasetField> labels =
        dataset.fields().stream()
            .filter(f -> f.type() == ValueType.LABEL && f.classNames().size() > 1)
            .toList();
    if (labels.isEmpty()) {
      throw new UnusableComponentException(
          "the data have no labels, so nothing tells what samples show");
    }
    return labels;
  }

  /**
   * Classifies samples.
   *
   * @param cacheFolder where the classifier of the data is, or is saved after its training; empty
   *     for no such folder
   * @param examples the number of images that the classifier is trained on, with repeats
   */
  static ShownLabels of(
      NDManager manager,
      Dataset dataset,
      NDArray samples,
      Optional<Path> cacheFolder,
      int examples) {
    List<DatasetField> labels = labels(dataset);
    LabelledImages images = new LabelledImages(dataset, labels);
    boolean recording = Autograd.setRecording(true);
    try (NDManager scratch = manager.newSubManager();
        ClassifierNetwork network = new ClassifierNetwork(scratch, images.classCounts())) {
      ImageClassifier classifier =
          ImageClassifier.loadOrTrain(scratch, cacheFolder, network, images, examples);
      ClassPredictions all = classifier.classify(scratch, images, samples);
      List<ClassPredictions> each = new ArrayList<>();
      for (int label = 0; label < labels.size(); label++) {
        each.add(all.ofLabel(images.classCounts(), label));
      }
      return new ShownLabels(labels, each);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** Returns the samples that show what a term names, those first that show it most clearly. */
  List<Integer> showing(SignedTerm term) {
    List<LabelValue> values = term.values(labels);
    int count = predictions.get(0).probabilities().size();
    return IntStream.range(0, count)
        .filter(
            sample ->
                values.stream()
                    .allMatch(v -> predictions.get(v.label()).predictedClass(sample) == v.value()))
        .boxed()
        .sorted(Comparator.comparingDouble(sample -> -certainty(values, sample)))
        .toList();
  }

  /** The probability that a sample shows all of the values. */
  private double certainty(List<LabelValue> values, int sample) {
    return values.stream()
        .mapToDouble(v -> predictions.get(v.label()).probabilities().get(sample)[v.value()])
        .reduce(1, (a, b) -> a * b);
  }
}
