package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.tensor.FloatArrays;

/**
 * The labelled images of a data set as the classifier sees them. An image can have several labels.
 * Images are scaled from the field's range to [-1, 1] and rounded to 8 bits, so real and generated
 * images differ only in content. Nine tenths train the classifier; the rest is held out.
 */
final class LabelledImages {

  private static final int MIN_IMAGES = 100;

  private final IndexedDataset dataset;
  private final DatasetField image;
  private final List<DatasetField> labels;

  /**
   * Wraps a data set with its field {@code label}.
   *
   * @throws UnusableComponentException unless the data set is finite and has images with labels
   */
  LabelledImages(Dataset dataset) {
    this(
        dataset,
        List.of(
            dataset
                .field(DatasetField.LABEL)
                .orElseThrow(() -> unusable("this one has no labels"))));
  }

  /**
   * Wraps a data set.
   *
   * @param labels at least one label field of the data set
   * @throws UnusableComponentException unless the data set is finite and has images, and each label
   *     has at least two classes
   */
  LabelledImages(Dataset dataset, List<DatasetField> labels) {
    this.labels = List.copyOf(labels);
    image = dataset.field(DatasetField.IMAGE).orElseThrow(() -> unusable("this one has no images"));
    if (!(dataset instanceof IndexedDataset indexed)) {
      throw unusable("this one is not finite");
    }
    for (DatasetField label : labels) {
      if (image.shape().dimension() != 3 || label.classNames().size() < 2) {
        throw unusable(
            "this one has samples of shape "
                + image.shape()
                + " in "
                + label.classNames().size()
                + " classes");
      }
    }
    if (indexed.size() < MIN_IMAGES) {
      throw unusable(
          "this one has only %d samples; it needs at least %d"
              .formatted(indexed.size(), MIN_IMAGES));
    }
    this.dataset = indexed;
  }

  private static UnusableComponentException unusable(String reason) {
    return new UnusableComponentException(
        "the classifier needs images with labels of at least two classes, but " + reason);
  }

  /** The shape (channels, height, width). */
  Shape shape() {
    return image.shape();
  }

  /** The number of classes of the first label. */
  int classes() {
    return classCounts().get(0);
  }

  /** The number of classes of each label. */
  List<Integer> classCounts() {
    return labels.stream().map(label -> label.classNames().size()).toList();
  }

  /** The indices of the images that train the classifier. */
  int[] train() {
    return indices(DatasetSplit.TRAIN);
  }

  /** The indices of the held-out images. */
  int[] heldOut() {
    return indices(DatasetSplit.TEST);
  }

  private int[] indices(DatasetSplit split) {
    return IntStream.range(0, dataset.size()).filter(i -> split.contains("picture " + i)).toArray();
  }

  /** The class of an image by the first label. */
  int label(int index) {
    return label(index, 0);
  }

  /** The class of an image by one of the labels, counted from 0. */
  int label(int index, int which) {
    FloatBuffer into = FloatBuffer.allocate(1);
    dataset.read(index, labels.get(which), into);
    return (int) into.get(0);
  }

  /** Loads images, shape (n, channels, height, width). The array belongs to the manager. */
  NDArray load(NDManager manager, int[] indices) {
    return FloatArrays.fill(
        manager,
        batch(indices.length),
        buffer -> {
          for (int index : indices) {
            buffer.put(read(index));
          }
        });
  }

  /**
   * Loads images and warps each one at random. The array has shape (n, channels, height, width) and
   * belongs to the manager.
   */
  NDArray augmented(NDManager manager, int[] indices, RandomGenerator random) {
    return FloatArrays.fill(
        manager,
        batch(indices.length),
        buffer -> {
          for (int index : indices) {
            AffineWarp.draw(random, shape()).apply(read(index), buffer);
          }
        });
  }

  /** Scales and rounds generated images, which have the range of the data, like real ones. */
  NDArray normalise(NDArray generated) {
    double middle = (image.high() + image.low()) / 2;
    double half = (image.high() - image.low()) / 2;
    return generated.sub(middle).div(half).clip(-1, 1).add(1).mul(127.5).round().div(127.5).sub(1);
  }

  /** A checksum of the held-out images and their labels. */
  long fingerprint() {
    CRC32 sum = new CRC32();
    for (int index : heldOut()) {
      for (int which = 0; which < labels.size(); which++) {
        sum.update(label(index, which));
      }
      for (float value : read(index)) {
        sum.update(Math.round((value + 1) * 127.5f));
      }
    }
    return sum.getValue();
  }

  private Shape batch(int count) {
    return new Shape(count).addAll(shape());
  }

  private float[] read(int index) {
    FloatBuffer into = FloatBuffer.allocate(image.length());
    dataset.read(index, image, into);
    double middle = (image.high() + image.low()) / 2;
    double half = (image.high() - image.low()) / 2;
    float[] values = into.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(((values[i] - middle) / half + 1) * 127.5) / 127.5f - 1;
    }
    return values;
  }
}
