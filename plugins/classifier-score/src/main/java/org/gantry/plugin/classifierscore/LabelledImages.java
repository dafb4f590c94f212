package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
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
 * The labelled pictures of a data set as the classifier sees them: scaled from the field's range to
 * [-1, 1] and rounded to 8 bits, so that real and generated ones differ in content only. Nine
 * tenths are to train it on, the rest is held out.
 */
final class LabelledImages {

  private static final int FEWEST = 100;

  private final IndexedDataset dataset;
  private final DatasetField image;
  private final DatasetField label;

  /**
   * Looks at a data set.
   *
   * @throws UnusableComponentException unless it is finite and has images and labels
   */
  LabelledImages(Dataset dataset) {
    image = dataset.field(DatasetField.IMAGE).orElseThrow(() -> misfit("this one has no images"));
    label = dataset.field(DatasetField.LABEL).orElseThrow(() -> misfit("this one has no labels"));
    if (!(dataset instanceof IndexedDataset indexed)) {
      throw misfit("this one has no end");
    }
    if (image.shape().dimension() != 3 || label.classNames().size() < 2) {
      throw misfit(
          "this one has samples of shape "
              + image.shape()
              + " in "
              + label.classNames().size()
              + " classes");
    }
    if (indexed.size() < FEWEST) {
      throw misfit("this one has only " + indexed.size() + " samples, and " + FEWEST + " is least");
    }
    this.dataset = indexed;
  }

  private static UnusableComponentException misfit(String what) {
    return new UnusableComponentException(
        "a classifier needs a data set of images with labels of two classes or more, and " + what);
  }

  /** (channels, height, width). */
  Shape shape() {
    return image.shape();
  }

  int classes() {
    return label.classNames().size();
  }

  /** The indices of the pictures to train on. */
  int[] train() {
    return indices(DatasetSplit.TRAIN);
  }

  /** The indices of the pictures that no training sees. */
  int[] heldOut() {
    return indices(DatasetSplit.TEST);
  }

  private int[] indices(DatasetSplit split) {
    return IntStream.range(0, dataset.size()).filter(i -> split.contains("picture " + i)).toArray();
  }

  int label(int index) {
    FloatBuffer into = FloatBuffer.allocate(1);
    dataset.read(index, label, into);
    return (int) into.get(0);
  }

  /** The given pictures, shape (n, channels, height, width), belonging to the manager. */
  NDArray images(NDManager manager, int[] indices) {
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
   * The given pictures, each a little moved, turned and scaled. Shape (n, channels, height, width),
   * belonging to the manager.
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

  /** Generated pictures in the data's own scale, scaled and rounded like the real ones. */
  NDArray normalise(NDArray generated) {
    double middle = (image.high() + image.low()) / 2;
    double half = (image.high() - image.low()) / 2;
    return generated.sub(middle).div(half).clip(-1, 1).add(1).mul(127.5).round().div(127.5).sub(1);
  }

  /** A number that changes with the held-out pictures and their labels. */
  long fingerprint() {
    CRC32 sum = new CRC32();
    for (int index : heldOut()) {
      sum.update(label(index));
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
