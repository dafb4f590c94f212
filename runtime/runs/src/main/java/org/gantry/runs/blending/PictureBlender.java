package org.gantry.runs.blending;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.sampler.SamplingProgress;

/**
 * Blends pictures of any size by the Gaussian-Poisson equation on a pyramid (arXiv:1703.07195,
 * section 3.3). The coarsest level gets its colours from a {@link ColourSource}. Each finer level
 * gets those of the level before, enlarged, with the detail that the halving of the foreground and
 * the background removed. The published program leaves this detail out, which weakens the contrast
 * of the whole picture. With it, a background under an empty mask stays exactly as it is.
 *
 * <p>The memory is proportional to the pixels, because one channel is blended at a time. Not
 * thread-safe.
 */
public final class PictureBlender {

  private final GaussianPoissonEquation equation;
  private final BlendSettings settings;

  /**
   * Creates a blender.
   *
   * @param manager owns what the blender needs until it is closed
   */
  public PictureBlender(NDManager manager, BlendSettings settings) {
    equation = new GaussianPoissonEquation(manager, settings.solver(), settings.colourWeight());
    this.settings = settings;
  }

  /**
   * Blends the foreground into the background.
   *
   * @param source the colours of the coarsest level
   * @param progress is called after each equation
   * @return values from 0 to 1
   */
  public ImagePixels blend(BlendInput input, ColourSource source, SamplingProgress progress) {
    int halvings = settings.halvings(Math.max(input.mask().height(), input.mask().width()));
    List<ImagePlane> masks = pyramid(ImagePlane.of(input.mask(), 0), halvings);
    ImagePixels colours =
        source.colours(
            new BlendInput(
                coarse(input.foreground(), halvings),
                coarse(input.background(), halvings),
                coarse(input.mask(), halvings)));
    int channels = input.background().channels();
    long equations = (long) channels * (halvings + 1);
    ImagePixels result =
        new ImagePixels(
            channels,
            input.mask().height(),
            input.mask().width(),
            new float[input.background().values().length]);
    for (int channel = 0; channel < channels; channel++) {
      List<ImagePlane> foregrounds = pyramid(ImagePlane.of(input.foreground(), channel), halvings);
      List<ImagePlane> backgrounds = pyramid(ImagePlane.of(input.background(), channel), halvings);
      ImagePlane blended = null;
      for (int level = halvings; level >= 0; level--) {
        ImagePlane wanted =
            blended == null
                ? ImagePlane.of(colours, channel)
                : finer(blended, foregrounds, backgrounds, masks.get(level), level);
        blended =
            equation.solve(
                foregrounds.get(level), backgrounds.get(level), masks.get(level), wanted);
        progress.report((long) channel * (halvings + 1) + halvings - level + 1, equations);
      }
      putClipped(blended, channel, result);
    }
    return result;
  }

  private static List<ImagePlane> pyramid(ImagePlane whole, int halvings) {
    List<ImagePlane> levels = new ArrayList<>(List.of(whole));
    for (int i = 0; i < halvings; i++) {
      levels.add(levels.get(i).halved());
    }
    return levels;
  }

  private static ImagePixels coarse(ImagePixels picture, int halvings) {
    return ImagePlane.join(
        ImagePlane.all(picture).stream()
            .map(
                plane -> {
                  ImagePlane level = plane;
                  for (int i = 0; i < halvings; i++) {
                    level = level.halved();
                  }
                  return level;
                })
            .toList());
  }

  /**
   * The colours of a level: the low-pass of what the coarser level became, and of the detail that
   * distinguishes the level from it.
   */
  private static ImagePlane finer(
      ImagePlane coarser,
      List<ImagePlane> foregrounds,
      List<ImagePlane> backgrounds,
      ImagePlane mask,
      int level) {
    ImagePlane enlarged = coarser.resized(mask.height(), mask.width());
    ImagePlane inside = foregrounds.get(level);
    ImagePlane outside = backgrounds.get(level);
    ImagePlane smoothInside = foregrounds.get(level + 1).resized(mask.height(), mask.width());
    ImagePlane smoothOutside = backgrounds.get(level + 1).resized(mask.height(), mask.width());
    float[] values = new float[mask.values().length];
    for (int i = 0; i < values.length; i++) {
      float share = mask.values()[i];
      values[i] =
          enlarged.values()[i]
              + share * (inside.values()[i] - smoothInside.values()[i])
              + (1 - share) * (outside.values()[i] - smoothOutside.values()[i]);
    }
    return GaussianPoissonEquation.lowPass(new ImagePlane(mask.height(), mask.width(), values));
  }

  private static void putClipped(ImagePlane plane, int channel, ImagePixels into) {
    int start = channel * plane.values().length;
    for (int i = 0; i < plane.values().length; i++) {
      into.values()[start + i] = Math.max(0, Math.min(1, plane.values()[i]));
    }
  }
}
