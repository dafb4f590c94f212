package org.gantry.tensor;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Named sources of randomness, each a function of (seed, name, position) alone: what is drawn from
 * one stream never shifts what is drawn from another, and a position can be visited again, so a
 * training that resumes at a step draws what it would have drawn.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {

  private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM = algorithm();

  /**
   * Java finds its algorithms by the class loader of whichever thread asks first, and keeps what it
   * finds for good: that of a plugin sees none, and that of the platform too few.
   */
  private static RandomGeneratorFactory<RandomGenerator> algorithm() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return RandomGeneratorFactory.of("L64X128MixRandom");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * The generator of one stream at one position.
   *
   * @param name the stream
   * @param position any numbers that tell this draw from the stream's others, such as a step and a
   *     count within it
   */
  public RandomGenerator at(String name, long... position) {
    long hash = mix(seed);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ name.charAt(i));
    }
    for (long p : position) {
      hash = mix(hash + 0x9E3779B97F4A7C15L ^ p);
    }
    return ALGORITHM.create(hash);
  }

  /** The finaliser of SplitMix64: a bijection in which every input bit flips each output bit. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
