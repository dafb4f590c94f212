package org.gantry.testkit.contract;

/**
 * One promise, and the way to find out whether it is kept.
 *
 * @param promise a sentence about the component, such as {@code the same seed gives the same
 *     numbers}
 * @param body finds out
 */
public record ContractCheck(String promise, CheckBody body) {

  /** Finds out whether a promise is kept. */
  @FunctionalInterface
  public interface CheckBody {

    /**
     * Returns if the promise is kept.
     *
     * @throws NotApplicableException if there is nothing to be tried
     * @throws AssertionError if the promise is broken, saying how
     * @throws Exception if the component fails in a way that no promise foresees
     */
    void run() throws Exception;
  }
}
