package org.gantry.sampler;

/** Follows a sampler that takes long. */
@FunctionalInterface
public interface SamplingProgress {

  /** Ignores the progress. */
  SamplingProgress NONE = (done, total) -> {};

  /**
   * Reports progress.
   *
   * @param done the completed units of work, such as samples or iterations
   * @param total all units of work
   */
  void report(long done, long total);
}
