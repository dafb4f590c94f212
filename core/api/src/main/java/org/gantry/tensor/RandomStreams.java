package org.gantry.tensor;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Named streams of random numbers. A draw is a function of seed, name and position alone, so draws
 * from one stream never shift those from another. A position can be visited again: a training that
 * resumes at a step draws the same numbers as without the interruption.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {

  private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM = algorithm();

  /**
   * Finds the algorithm with the system class loader. Java looks up algorithms with the context
   * class loader of the first thread that asks, and caches the result for the process. The class
   * loader of a plugin finds no algorithm, and that of the platform too few.
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
   * @param position numbers that identify the draw within the stream, such as a step and a count
   *     within it
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

  /** The finaliser of SplitMix64, a bijection in which every input bit affects every output bit. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
