package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.RandomStreams;

/**
 * A trained network.
 *
 * @param weights belong to whoever made them
 */
record ImageClassifier(ClassifierNetwork network, NDList weights) {

  private static final int BATCH = 64;
  private static final int CHUNK = 256;
  private static final double RATE = 2e-3;

  /** Runs of different seeds are to be judged by the same network. */
  private static final RandomStreams STREAMS = new RandomStreams(0);

  /**
   * Trains a network with Adam on varied pictures, at a rate that falls from 0.002 to 0 along a
   * half cosine. A function of the pictures, the examples and the streams.
   *
   * @param manager owns the weights
   * @param examples how many pictures to look at, counting repeats; rounded up to a batch of 64
   */
  static ImageClassifier train(
      NDManager manager,
      ClassifierNetwork network,
      LabelledImages pictures,
      int examples,
      RandomStreams streams) {
    NDList weights =
        ClassifierNetwork.initialWeights(
            manager, pictures.shape(), pictures.classes(), streams.at("classifier-weights"));
    int[] train = pictures.train();
    int steps = (examples + BATCH - 1) / BATCH;
    try (NDManager moments = manager.newSubManager()) {
      NDList means = zerosLike(moments, weights);
      NDList squares = zerosLike(moments, weights);
      for (int step = 0; step < steps; step++) {
        int[] batch = batchIndices(train, step, streams);
        float rate = (float) (RATE * (1 + Math.cos(Math.PI * step / steps)) / 2);
        try (NDManager temporary = manager.newSubManager()) {
          NDArray images =
              pictures.augmented(temporary, batch, streams.at("classifier-variation", step));
          NDArray labels = labels(temporary, pictures, batch);
          network.trainStep(temporary, images, labels, rate, step + 1, weights, means, squares);
        }
      }
    }
    return new ImageClassifier(network, weights);
  }

  /**
   * The network trained on the pictures, as kept in the metric's folder, or trained now and kept.
   *
   * @param examples how many pictures to look at while training; see {@link #train}
   */
  static ImageClassifier loadOrTrain(
      EvaluationContext evaluation,
      ClassifierNetwork network,
      LabelledImages pictures,
      int examples) {
    String name = "classifier-%08x-%d.safetensors".formatted(pictures.fingerprint(), examples);
    WeightFile file = new WeightFile(evaluation.cacheFolder().resolve(name));
    NDManager manager = evaluation.manager();
    return file.read(manager)
        .map(weights -> new ImageClassifier(network, weights))
        .orElseGet(
            () -> {
              ImageClassifier trained = train(manager, network, pictures, examples, STREAMS);
              file.write(trained.weights());
              return trained;
            });
  }

  private static NDList zerosLike(NDManager manager, NDList arrays) {
    NDList zeros = new NDList();
    arrays.forEach(array -> zeros.add(manager.zeros(array.getShape())));
    return zeros;
  }

  /** Goes through all pictures in a new order every time, and on across its end. */
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

  private static NDArray labels(NDManager manager, LabelledImages pictures, int[] indices) {
    float[] labels = new float[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = pictures.label(indices[i]);
    }
    return manager.create(labels);
  }

  /** Classifies real pictures; the features belong to the manager. */
  ClassPredictions classify(NDManager manager, LabelledImages pictures, int[] indices) {
    return classifyChunks(
        manager,
        indices.length,
        (temporary, from, to) -> pictures.images(temporary, Arrays.copyOfRange(indices, from, to)));
  }

  /**
   * Classifies pictures of shape (n, channels, height, width); the features belong to the manager.
   */
  ClassPredictions classify(NDManager manager, LabelledImages pictures, NDArray generated) {
    return classifyChunks(
        manager,
        Math.toIntExact(generated.getShape().get(0)),
        (temporary, from, to) -> {
          NDArray chunk = generated.get(new NDIndex("{}:{}", from, to));
          chunk.attach(temporary);
          return pictures.normalise(chunk);
        });
  }

  private interface ImageSource {
    NDArray images(NDManager manager, int from, int to);
  }

  private ClassPredictions classifyChunks(NDManager manager, int count, ImageSource source) {
    List<double[]> probabilities = new ArrayList<>();
    try (NDManager chunks = manager.newSubManager()) {
      NDList features = new NDList();
      for (int from = 0; from < count; from += CHUNK) {
        try (NDManager temporary = chunks.newSubManager()) {
          NDArray images = source.images(temporary, from, Math.min(count, from + CHUNK));
          NDList outputs = network.classify(temporary, images, weights);
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
