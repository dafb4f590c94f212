package org.gantry.plugin.randomsampler;

/** Interpolates between latent codes. */
final class LatentPath {

  /** The sine of the angle below which an arc equals a line. */
  private static final double NO_ANGLE = 1e-6;

  private LatentPath() {}

  /**
   * A point on the line.
   *
   * @param t from 0, the first code, to 1, the second
   */
  static float[] straight(float[] from, float[] to, double t) {
    return sum(1 - t, from, t, to);
  }

  /**
   * A point on the arc, by spherical linear interpolation. With the angle w between the codes, it
   * is sin((1-t) w) / sin w of the first plus sin(t w) / sin w of the second (arXiv:1609.04468,
   * section 2.1).
   *
   * @param t from 0, the first code, to 1, the second
   */
  static float[] arc(float[] from, float[] to, double t) {
    double cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    double sine = Math.sin(angle);
    // A zero vector has a NaN angle and takes the line.
    return sine >= NO_ANGLE
        ? sum(Math.sin((1 - t) * angle) / sine, from, Math.sin(t * angle) / sine, to)
        : straight(from, to, t);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] sum(double p, float[] a, double q, float[] b) {
    float[] sum = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = (float) (p * a[i] + q * b[i]);
    }
    return sum;
  }
}
