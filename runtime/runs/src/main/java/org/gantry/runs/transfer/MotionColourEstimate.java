package org.gantry.runs.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates how a picture follows from a similar one, by motion and affine maps of colours
 * (arXiv:1609.03552, section 6). It minimises
 *
 * <pre>
 * Σ |target(x) − A(x) [source(x + u); 1]|² + σ_s (|∇u|² + |∇v|²) + σ_c |∇A|²,
 * </pre>
 *
 * <p>first on a small scale, then on larger ones. On each scale, motion and colour take turns. Both
 * are solved by Gauss-Seidel sweeps.
 */
final class MotionColourEstimate {

  /** A picture of this side is not halved any further. */
  private static final int SMALLEST = 8;

  /** The motion is linear only over small ways, so it is estimated several times. */
  private static final int LINEARISATIONS = 3;

  private static final int SWEEPS = 20;

  private final TransferSettings settings;
  private final PlanarPicture target;
  private final PlanarPicture source;
  private final MotionColourMap map;
  private final int channels;

  private MotionColourEstimate(
      TransferSettings settings, PlanarPicture target, PlanarPicture source, MotionColourMap map) {
    this.settings = settings;
    this.target = target;
    this.source = source;
    this.map = map;
    this.channels = target.planes();
  }

  /**
   * Estimates the map that makes the target of the source.
   *
   * @param target with values from 0 to 1
   * @param source of the same size
   */
  static MotionColourMap of(PlanarPicture target, PlanarPicture source, TransferSettings settings) {
    List<PlanarPicture> targets = new ArrayList<>(List.of(target));
    List<PlanarPicture> sources = new ArrayList<>(List.of(source));
    while (Math.min(last(targets).height(), last(targets).width()) >= 2 * SMALLEST) {
      targets.add(last(targets).halved());
      sources.add(last(sources).halved());
    }
    MotionColourMap map =
        MotionColourMap.identity(target.planes(), last(targets).height(), last(targets).width());
    for (int scale = targets.size() - 1; scale >= 0; scale--) {
      PlanarPicture scaled = targets.get(scale);
      map = map.resized(scaled.height(), scaled.width());
      new MotionColourEstimate(settings, scaled, sources.get(scale), map).improve();
    }
    return map;
  }

  private static PlanarPicture last(List<PlanarPicture> pyramid) {
    return pyramid.get(pyramid.size() - 1);
  }

  /** Improves the map in place. */
  private void improve() {
    for (int round = 0; round < settings.rounds(); round++) {
      for (int i = 0; i < LINEARISATIONS; i++) {
        moveOnce();
      }
      if (!settings.colourFixed()) {
        recolour();
      }
    }
  }

  /**
   * Solves for the motion u, with A fixed and the source linear around the motion so far, w: the
   * normal equations (JᵀJ + σ n I) u = JᵀJ w + Jᵀ r + σ Σ u of the n neighbours, where r is the
   * residual and J = A ∇source.
   */
  private void moveOnce() {
    int pixels = target.height() * target.width();
    double[][] normal = new double[5][pixels];
    for (int y = 0; y < target.height(); y++) {
      for (int x = 0; x < target.width(); x++) {
        linearise(y, x, y * target.width() + x, normal);
      }
    }
    PlanarPicture motion = map.motion();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < pixels; i++) {
        int pixel = sweep % 2 == 0 ? i : pixels - 1 - i;
        int y = pixel / target.width();
        int x = pixel % target.width();
        double weight = settings.motionSmoothness() * neighbours(y, x);
        double a = normal[0][pixel] + weight;
        double b = normal[1][pixel];
        double c = normal[2][pixel] + weight;
        double right = normal[3][pixel] + settings.motionSmoothness() * sum(motion, 0, y, x);
        double down = normal[4][pixel] + settings.motionSmoothness() * sum(motion, 1, y, x);
        double determinant = a * c - b * b;
        motion.set(0, y, x, (c * right - b * down) / determinant);
        motion.set(1, y, x, (a * down - b * right) / determinant);
      }
    }
  }

  /** Adds the three numbers of JᵀJ and the two of JᵀJ w + Jᵀ r for one pixel. */
  private void linearise(int y, int x, int pixel, double[][] normal) {
    double across = map.motion().at(0, y, x);
    double down = map.motion().at(1, y, x);
    double[] affine = map.colourAt(y, x);
    double[] colours = new double[channels];
    double[] right = new double[channels];
    double[] below = new double[channels];
    for (int i = 0; i < channels; i++) {
      double row = y + down;
      double column = x + across;
      colours[i] = source.between(i, row, column);
      right[i] = (source.between(i, row, column + 0.5) - source.between(i, row, column - 0.5));
      below[i] = (source.between(i, row + 0.5, column) - source.between(i, row - 0.5, column));
    }
    double[] mapped = MotionColourMap.applied(affine, colours);
    for (int channel = 0; channel < channels; channel++) {
      double slopeAcross = 0;
      double slopeDown = 0;
      for (int i = 0; i < channels; i++) {
        slopeAcross += affine[channel * (channels + 1) + i] * right[i];
        slopeDown += affine[channel * (channels + 1) + i] * below[i];
      }
      double residual =
          target.at(channel, y, x) - mapped[channel] + slopeAcross * across + slopeDown * down;
      normal[0][pixel] += slopeAcross * slopeAcross;
      normal[1][pixel] += slopeAcross * slopeDown;
      normal[2][pixel] += slopeDown * slopeDown;
      normal[3][pixel] += slopeAcross * residual;
      normal[4][pixel] += slopeDown * residual;
    }
  }

  /**
   * Solves for A with the motion fixed. For the n neighbours with the mean M and for p = [source;
   * 1], the minimum is A = M + (target − M p) pᵀ / (σ n + |p|²).
   */
  private void recolour() {
    PlanarPicture moved = new PlanarPicture(channels, target.height(), target.width());
    for (int y = 0; y < target.height(); y++) {
      for (int x = 0; x < target.width(); x++) {
        for (int i = 0; i < channels; i++) {
          double row = y + map.motion().at(1, y, x);
          double column = x + map.motion().at(0, y, x);
          moved.set(i, y, x, source.between(i, row, column));
        }
      }
    }
    int pixels = target.height() * target.width();
    double[] point = new double[channels + 1];
    point[channels] = 1;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < pixels; i++) {
        int pixel = sweep % 2 == 0 ? i : pixels - 1 - i;
        recolour(pixel / target.width(), pixel % target.width(), moved, point);
      }
    }
  }

  private void recolour(int y, int x, PlanarPicture moved, double[] point) {
    double square = 1;
    for (int i = 0; i < channels; i++) {
      point[i] = moved.at(i, y, x);
      square += point[i] * point[i];
    }
    int count = neighbours(y, x);
    double[] mean = new double[channels + 1];
    for (int channel = 0; channel < channels; channel++) {
      double missing = target.at(channel, y, x);
      for (int i = 0; i <= channels; i++) {
        mean[i] = sum(map.colour(), channel * (channels + 1) + i, y, x) / count;
        missing -= mean[i] * point[i];
      }
      double factor = missing / (settings.colourSmoothness() * count + square);
      for (int i = 0; i <= channels; i++) {
        map.colour().set(channel * (channels + 1) + i, y, x, mean[i] + factor * point[i]);
      }
    }
  }

  private int neighbours(int y, int x) {
    return (y > 0 ? 1 : 0)
        + (y < target.height() - 1 ? 1 : 0)
        + (x > 0 ? 1 : 0)
        + (x < target.width() - 1 ? 1 : 0);
  }

  private static double sum(PlanarPicture planes, int plane, int y, int x) {
    double sum = 0;
    sum += y > 0 ? planes.at(plane, y - 1, x) : 0;
    sum += y < planes.height() - 1 ? planes.at(plane, y + 1, x) : 0;
    sum += x > 0 ? planes.at(plane, y, x - 1) : 0;
    sum += x < planes.width() - 1 ? planes.at(plane, y, x + 1) : 0;
    return sum;
  }
}
