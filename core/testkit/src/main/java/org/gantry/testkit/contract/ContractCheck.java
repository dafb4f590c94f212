package org.gantry.testkit.contract;

/**
 * Checks one promise of a contract.
 *
 * @param promise the promise, as a sentence, such as {@code the same seed gives the same values}
 * @param body checks the promise
 */
public record ContractCheck(String promise, CheckBody body) {

  /** The code that checks a promise. */
  @FunctionalInterface
  public interface CheckBody {

    /**
     * Returns normally if the component keeps the promise.
     *
     * @throws NotApplicableException if the promise does not apply to the component
     * @throws AssertionError if the component breaks the promise; the message says how
     * @throws Exception if the component fails otherwise
     */
    void run() throws Exception;
  }
}
