package org.gantry.verification.internal;

import java.util.ArrayList;
import java.util.List;
import org.gantry.host.support.ErrorText;
import org.gantry.testkit.contract.ContractCheck;
import org.gantry.testkit.contract.NotApplicableException;
import org.gantry.verification.VerificationReport.CheckOutcome;
import org.gantry.verification.VerificationReport.CheckResult;

/** Runs checks and collects their results. */
final class CheckRunner {

  private final List<CheckResult> results = new ArrayList<>();

  List<CheckResult> results() {
    return results;
  }

  /**
   * Runs a check. Turns whatever it throws into a result.
   *
   * @return whether the promise is kept
   */
  boolean run(String subject, ContractCheck check) {
    CheckResult result = result(subject, check);
    results.add(result);
    return result.outcome() == CheckOutcome.KEPT;
  }

  /** Runs a check, as {@link #run(String, ContractCheck)} does. */
  boolean run(String subject, String promise, ContractCheck.CheckBody body) {
    return run(subject, new ContractCheck(promise, body));
  }

  private static CheckResult result(String subject, ContractCheck check) {
    try {
      check.body().run();
      return new CheckResult(subject, check.promise(), CheckOutcome.KEPT, "");
    } catch (NotApplicableException e) {
      return new CheckResult(subject, check.promise(), CheckOutcome.SKIPPED, e.getMessage());
    } catch (AssertionError e) {
      return new CheckResult(subject, check.promise(), CheckOutcome.BROKEN, e.getMessage());
    } catch (Exception | LinkageError | StackOverflowError e) {
      return new CheckResult(subject, check.promise(), CheckOutcome.BROKEN, ErrorText.chain(e));
    }
  }

  /** Fails with a sentence about the given items, unless there are none. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void requireEmpty(List<String> items, String sentence) {
    if (!items.isEmpty()) {
      throw new AssertionError(sentence.formatted(String.join(", ", items)));
    }
  }
}
