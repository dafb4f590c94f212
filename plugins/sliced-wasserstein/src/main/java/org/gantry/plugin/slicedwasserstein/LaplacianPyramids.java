package org.gantry.plugin.slicedwasserstein;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The levels of the Laplacian pyramids of pictures, from the pictures' own size down to the last
 * one of at least 16 pixels a side, which is kept as it is.
 */
final class LaplacianPyramids {

  private static final int SMALLEST = 16;

  private final int channels;
  private final int height;
  private final int width;

  /**
   * For pictures of one shape.
   *
   * @param image (channels, height, width), at least 16 pixels a side
   */
  LaplacianPyramids(Shape image) {
    channels = Math.toIntExact(image.get(0));
    height = Math.toIntExact(image.get(1));
    width = Math.toIntExact(image.get(2));
  }

  /** Whether samples of that shape have pyramids: grey or colour, at least 16 pixels a side. */
  static boolean supports(Shape sample) {
    return sample.dimension() == 3
        && (sample.get(0) == 1 || sample.get(0) == 3)
        && Math.min(sample.get(1), sample.get(2)) >= SMALLEST;
  }

  /** The longer side of every level in pixels, from fine to coarse. */
  List<Integer> sides() {
    List<Integer> sides = new ArrayList<>();
    int shorter = Math.min(height, width);
    int longer = Math.max(height, width);
    while (shorter >= SMALLEST) {
      sides.add(longer);
      shorter = (shorter + 1) / 2;
      longer = (longer + 1) / 2;
    }
    return sides;
  }

  /**
   * The descriptors of every level.
   *
   * @param manager owns the results
   * @param pictures channels x height x width values each
   * @param neighbourhoods how many a picture and level
   * @return per level, shape (pictures x neighbourhoods, 49 x channels), normalised per channel
   */
  List<NDArray> descriptors(
      NDManager manager, List<float[]> pictures, int neighbourhoods, RandomGenerator random) {
    int count = Math.multiplyExact(pictures.size(), neighbourhoods);
    List<PatchDescriptors> levels =
        sides().stream().map(side -> new PatchDescriptors(channels, count)).toList();
    for (float[] picture : pictures) {
      PyramidChannel[][] pyramid = pyramid(picture);
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

  /** Per level, its channels. */
  PyramidChannel[][] pyramid(float[] picture) {
    int count = sides().size();
    PyramidChannel[][] levels = new PyramidChannel[count][channels];
    for (int channel = 0; channel < channels; channel++) {
      int area = height * width;
      float[] values = Arrays.copyOfRange(picture, channel * area, (channel + 1) * area);
      PyramidChannel plane = new PyramidChannel(height, width, values);
      for (int level = 0; level < count - 1; level++) {
        PyramidChannel smaller = plane.downsample();
        levels[level][channel] = plane.minus(smaller.upsample(plane.height(), plane.width()));
        plane = smaller;
      }
      levels[count - 1][channel] = plane;
    }
    return levels;
  }
}
