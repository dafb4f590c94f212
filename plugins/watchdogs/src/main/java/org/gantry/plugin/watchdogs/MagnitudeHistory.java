package org.gantry.plugin.watchdogs;

import java.util.Map;

/**
 * The recent past of a size, in logarithms: its level and its restlessness as moving averages in
 * which one outlier counts no more than the limit of what is normal. Restlessness is measured from
 * size to size, so that steady growth, however fast, is not taken for noise.
 *
 * @param seen the number of steps so far
 * @param last the logarithm of the last size
 * @param level the average logarithm of late
 * @param noise the average change of the logarithm from size to size of late
 * @param peak the highest level since the warm-up, but for explosions
 * @param high by how many sizes it has been above all that is normal more often than not, of late
 * @param low for how many steps on end the size has been a tiny share of the highest level
 */
record MagnitudeHistory(
    double seen, double last, double level, double noise, double peak, double high, double low) {

  /** What the counts are remembered as, behind a name. */
  static final String HIGH = "/high";

  static final String LOW = "/low";

  /** What counts as zero: sums of float32 products are not meaningful below. */
  private static final double ZERO = 1e-12;

  /** A change of so many average changes is still noise. */
  private static final double NOISES = 6;

  /** So many times as long as it takes to be noticed, an explosion takes at most to be over. */
  private static final double CALM = 10;

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
   * The past after one more size.
   *
   * @param size at least 0
   * @param steps since the last one; 1 where every step has one
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

    // In a short past later sizes count more, because trainings begin with large changes.
    double share = Math.min(1, steps * Math.max(2 / (seen + 2), 1.0 / options.horizon()));
    double step = warm ? clamp(now - level, limit) : now - level;
    double nextLevel = level + share * step;
    double nextNoise = noise + share * (Math.min(Math.abs(now - last), limit) - noise);
    double nextPeak = warm ? (isHigh ? peak : Math.max(peak, nextLevel)) : nextLevel;

    // A size that comes and goes is one explosion, not many, so calm has to last too.
    double nextHigh =
        isHigh ? Math.min(high + 1, CALM * options.patience()) : Math.max(high - 1, 0);
    return new MagnitudeHistory(
        seen + steps, now, nextLevel, nextNoise, nextPeak, nextHigh, isLow ? low + steps : 0);
  }

  /**
   * How far above its level a size is normal: the factor, or more if it is restless, to a point.
   */
  private double limit(ExplosionWatchdog.Options options) {
    double factor = Math.log(options.factor());
    return Math.min(Math.max(factor, NOISES * noise), 2 * factor);
  }

  private static double clamp(double value, double limit) {
    return Math.max(-limit, Math.min(limit, value));
  }
}
