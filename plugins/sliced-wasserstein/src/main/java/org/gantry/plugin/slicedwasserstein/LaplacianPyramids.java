package org.gantry.plugin.slicedwasserstein;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Computes the Laplacian pyramids of images. Levels range from the size of the image to the last
 * size of at least 16 pixels; the last level is the low-pass image itself.
 */
final class LaplacianPyramids {

  private static final int MIN_SIDE = 16;

  private final int channels;
  private final int height;
  private final int width;

  /**
   * Prepares for images of one shape.
   *
   * @param image (channels, height, width), with sides of at least 16 pixels
   */
  LaplacianPyramids(Shape image) {
    channels = Math.toIntExact(image.get(0));
    height = Math.toIntExact(image.get(1));
    width = Math.toIntExact(image.get(2));
  }

  /** Whether samples of this shape are grey or colour images with sides of at least 16 pixels. */
  static boolean supports(Shape sample) {
    return sample.dimension() == 3
        && (sample.get(0) == 1 || sample.get(0) == 3)
        && Math.min(sample.get(1), sample.get(2)) >= MIN_SIDE;
  }

  /** The longer side of every level in pixels, from fine to coarse. */
  List<Integer> sides() {
    List<Integer> sides = new ArrayList<>();
    int shorter = Math.min(height, width);
    int longer = Math.max(height, width);
    while (shorter >= MIN_SIDE) {
      sides.add(longer);
      shorter = (shorter + 1) / 2;
      longer = (longer + 1) / 2;
    }
    return sides;
  }

  /**
   * The patch descriptors of every level.
   *
   * @param manager owns the results
   * @param images channels x height x width values each
   * @param neighbourhoods the patches per image and level
   * @return per level, shape (images x patches, 49 x channels), normalised per channel
   */
  List<NDArray> descriptors(
      NDManager manager, List<float[]> images, int neighbourhoods, RandomGenerator random) {
    int count = Math.multiplyExact(images.size(), neighbourhoods);
    List<PatchDescriptors> levels =
        sides().stream().map(side -> new PatchDescriptors(channels, count)).toList();
    for (float[] image : images) {
      PyramidChannel[][] pyramid = pyramid(image);
      for (int level = 0; level < pyramid.length; level++) {
        levels.get(level).add(pyramid[level], neighbourhoods, random);
      }
    }
    long length = (long) channels * PatchDescriptors.SIDE * PatchDescriptors.SIDE;
    return levels.stream()
        .map(
            level ->
                org.gantry.tensor.FloatArrays.fill(
                    manager, new Shape(count, length), level::writeNormalised))
        .toList();
  }

  /** The channels of every level. */
  PyramidChannel[][] pyramid(float[] image) {
    int count = sides().size();
    PyramidChannel[][] levels = new PyramidChannel[count][channels];
    for (int channel = 0; channel < channels; channel++) {
      int area = height * width;
      float[] values = Arrays.copyOfRange(image, channel * area, (channel + 1) * area);
      PyramidChannel current = new PyramidChannel(height, width, values);
      for (int level = 0; level < count - 1; level++) {
        PyramidChannel smaller = current.downsample();
        levels[level][channel] = current.minus(smaller.upsample(current.height(), current.width()));
        current = smaller;
      }
      levels[count - 1][channel] = current;
    }
    return levels;
  }
}
