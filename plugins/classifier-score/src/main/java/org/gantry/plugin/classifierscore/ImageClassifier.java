package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.RandomStreams;

/**
 * A trained classifier.
 *
 * @param weights belong to the caller
 */
record ImageClassifier(ClassifierNetwork network, NDList weights) {

  private static final int BATCH = 64;
  private static final int CHUNK = 256;
  private static final double RATE = 2e-3;

  /** A fixed seed, so that runs of different seeds use the same classifier. */
  private static final RandomStreams STREAMS = new RandomStreams(0);

  /**
   * Trains a network with Adam on augmented images. The learning rate falls from 0.002 to 0 along
   * half a cosine. The result is a function of the images, the examples and the streams.
   *
   * @param manager owns the weights
   * @param examples the number of images to train on, with repeats; rounded up to a batch of 64
   */
  static ImageClassifier train(
      NDManager manager,
      ClassifierNetwork network,
      LabelledImages images,
      int examples,
      RandomStreams streams) {
    NDList weights =
        ClassifierNetwork.initialWeights(
            manager,
            images.shape(),
            images.classCounts().stream().mapToInt(Integer::intValue).sum(),
            streams.at("classifier-weights"));
    int[] train = images.train();
    int steps = (examples + BATCH - 1) / BATCH;
    try (NDManager moments = manager.newSubManager()) {
      NDList means = zerosLike(moments, weights);
      NDList squares = zerosLike(moments, weights);
      for (int step = 0; step < steps; step++) {
        int[] batch = batchIndices(train, step, streams);
        float rate = (float) (RATE * (1 + Math.cos(Math.PI * step / steps)) / 2);
        try (NDManager temporary = manager.newSubManager()) {
          NDArray pixels =
              images.augmented(temporary, batch, streams.at("classifier-variation", step));
          NDArray labels = labels(temporary, images, batch);
          network.trainStep(temporary, pixels, labels, rate, step + 1, weights, means, squares);
        }
      }
    }
    return new ImageClassifier(network, weights);
  }

  /**
   * Loads the network from the metric's cache folder. If it is not there, trains it and saves it.
   *
   * @param examples the number of images to train on; see {@link #train}
   */
  static ImageClassifier loadOrTrain(
      EvaluationContext evaluation,
      ClassifierNetwork network,
      LabelledImages images,
      int examples) {
    return loadOrTrain(
        evaluation.manager(), Optional.of(evaluation.cacheFolder()), network, images, examples);
  }

  /**
   * Loads the network from a folder. If it is not there, trains it and saves it.
   *
   * @param manager owns the weights
   * @param cacheFolder empty to train it without saving it
   * @param examples the number of images to train on; see {@link #train}
   */
  static ImageClassifier loadOrTrain(
      NDManager manager,
      Optional<Path> cacheFolder,
      ClassifierNetwork network,
      LabelledImages images,
      int examples) {
    String name = "classifier-%08x-%d.safetensors".formatted(images.fingerprint(), examples);
    Optional<WeightFile> file = cacheFolder.map(folder -> new WeightFile(folder.resolve(name)));
    return file.flatMap(saved -> saved.read(manager))
        .map(weights -> new ImageClassifier(network, weights))
        .orElseGet(
            () -> {
              ImageClassifier trained = train(manager, network, images, examples, STREAMS);
              file.ifPresent(into -> into.write(trained.weights()));
              return trained;
            });
  }

  private static NDList zerosLike(NDManager manager, NDList arrays) {
    NDList zeros = new NDList();
    arrays.forEach(array -> zeros.add(manager.zeros(array.getShape())));
    return zeros;
  }

  /** Visits all images in a new order in each epoch; a batch may span two epochs. */
  private static int[] batchIndices(int[] train, int step, RandomStreams streams) {
    int[] batch = new int[BATCH];
    int epoch = -1;
    int[] order = {};
    for (int i = 0; i < BATCH; i++) {
      long position = (long) step * BATCH + i;
      if (position / train.length != epoch) {
        epoch = Math.toIntExact(position / train.length);
        order = RandomOrder.shuffle(train, streams.at("classifier-order", epoch));
      }
      batch[i] = order[Math.toIntExact(position % train.length)];
    }
    return batch;
  }

  private static NDArray labels(NDManager manager, LabelledImages images, int[] indices) {
    int width = images.classCounts().size();
    float[] labels = new float[indices.length * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(indices[i / width], i % width);
    }
    return manager.create(labels, new Shape(indices.length, width));
  }

  /** Classifies real images. The features belong to the manager. */
  ClassPredictions classify(NDManager manager, LabelledImages images, int[] indices) {
    return classifyChunks(
        manager,
        indices.length,
        (temporary, from, to) -> images.load(temporary, Arrays.copyOfRange(indices, from, to)));
  }

  /**
   * Classifies generated images of shape (n, channels, height, width). The features belong to the
   * manager.
   */
  ClassPredictions classify(NDManager manager, LabelledImages images, NDArray generated) {
    return classifyChunks(
        manager,
        Math.toIntExact(generated.getShape().get(0)),
        (temporary, from, to) -> {
          NDArray chunk = generated.get(new NDIndex("{}:{}", from, to));
          chunk.attach(temporary);
          return images.normalise(chunk);
        });
  }

  private interface ImageSource {
    NDArray load(NDManager manager, int from, int to);
  }

  private ClassPredictions classifyChunks(NDManager manager, int count, ImageSource source) {
    List<double[]> probabilities = new ArrayList<>();
    try (NDManager chunks = manager.newSubManager()) {
      NDList features = new NDList();
      for (int from = 0; from < count; from += CHUNK) {
        try (NDManager temporary = chunks.newSubManager()) {
          NDArray pixels = source.load(temporary, from, Math.min(count, from + CHUNK));
          NDList outputs = network.classify(temporary, pixels, weights);
          probabilities.addAll(rows(outputs.get(0)));
          features.add(outputs.get(1));
          outputs.get(1).attach(chunks);
        }
      }
      NDArray all = NDArrays.concat(features);
      all.attach(manager);
      return new ClassPredictions(probabilities, all);
    }
  }

  private static List<double[]> rows(NDArray matrix) {
    double[] values = matrix.toDoubleArray();
    int width = Math.toIntExact(matrix.getShape().get(1));
    List<double[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += width) {
      rows.add(Arrays.copyOfRange(values, from, from + width));
    }
    return rows;
  }
}
