package org.gantry.plugin.watchdogs;

import java.util.Map;

/**
 * The recent history of a magnitude, in logarithms. The level and the noise are moving averages in
 * which an outlier counts at most as much as the limit. The noise is measured between consecutive
 * values, so steady growth does not count as noise.
 *
 * @param seen the number of steps so far
 * @param last the logarithm of the last value
 * @param level the recent average of the logarithm
 * @param noise the recent average change of the logarithm between consecutive values
 * @param peak the highest level since the warm-up, without explosions
 * @param high the recent number of values above the limit, minus the number of values below it
 * @param low the number of consecutive steps with a small share of the highest level
 */
record MagnitudeHistory(
    double seen, double last, double level, double noise, double peak, double high, double low) {

  /** The suffixes of the memory keys of both counts. */
  static final String HIGH = "/high";

  static final String LOW = "/low";

  /** Values below this count as zero, because sums of float32 products are not accurate there. */
  private static final double ZERO = 1e-12;

  /** A change counts as noise up to this multiple of the average change. */
  private static final double NOISE_FACTOR = 6;

  /** The end of an explosion takes at most this multiple of the patience. */
  private static final double MAX_PATIENCES = 10;

  static MagnitudeHistory read(Map<String, Double> memory, String name) {
    return new MagnitudeHistory(
        memory.getOrDefault(name + "/seen", 0.0),
        memory.getOrDefault(name + "/last", 0.0),
        memory.getOrDefault(name + "/level", 0.0),
        memory.getOrDefault(name + "/noise", 0.0),
        memory.getOrDefault(name + "/peak", 0.0),
        memory.getOrDefault(name + HIGH, 0.0),
        memory.getOrDefault(name + LOW, 0.0));
  }

  void write(Map<String, Double> memory, String name) {
    memory.put(name + "/seen", seen);
    memory.put(name + "/last", last);
    memory.put(name + "/level", level);
    memory.put(name + "/noise", noise);
    memory.put(name + "/peak", peak);
    memory.put(name + HIGH, high);
    memory.put(name + LOW, low);
  }

  /**
   * The history after one more value.
   *
   * @param size the value, at least 0
   * @param steps the steps since the last value; 1 where every step has a value
   */
  MagnitudeHistory next(double size, double steps, ExplosionWatchdog.Options options) {
    double now = Math.log(Math.max(size, ZERO));
    boolean beyond = size > options.ceiling();
    if (seen == 0) {
      return new MagnitudeHistory(1, now, now, 0, now, beyond ? 1 : 0, 0);
    }
    boolean warm = seen >= options.warmUp();
    double limit = limit(options);
    boolean isHigh = beyond || (warm && now > Math.max(level, Math.log(options.floor())) + limit);
    boolean isLow = warm && (size <= ZERO || now < peak + Math.log(options.vanishing()));

    // A short history weights late values more, because trainings start with large changes.
    double share = Math.min(1, steps * Math.max(2 / (seen + 2), 1.0 / options.horizon()));
    double step = warm ? clamp(now - level, limit) : now - level;
    double nextLevel = level + share * step;
    double nextNoise = noise + share * (Math.min(Math.abs(now - last), limit) - noise);
    double nextPeak = warm ? (isHigh ? peak : Math.max(peak, nextLevel)) : nextLevel;

    // A value that jumps up and down is one explosion, so the count falls slowly.
    double nextHigh =
        isHigh ? Math.min(high + 1, MAX_PATIENCES * options.patience()) : Math.max(high - 1, 0);
    return new MagnitudeHistory(
        seen + steps, now, nextLevel, nextNoise, nextPeak, nextHigh, isLow ? low + steps : 0);
  }

  /**
   * The normal distance above the level: the factor, or more for a noisy value, up to twice the
   * factor.
   */
  private double limit(ExplosionWatchdog.Options options) {
    double factor = Math.log(options.factor());
    return Math.min(Math.max(factor, NOISE_FACTOR * noise), 2 * factor);
  }

  private static double clamp(double value, double limit) {
    return Math.max(-limit, Math.min(limit, value));
  }
}
