package org.gantry.verification.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TimeLimit;
import org.gantry.testkit.contract.ContractCheck;
import org.gantry.testkit.contract.NotApplicableException;
import org.gantry.verification.VerificationReport.CheckOutcome;
import org.gantry.verification.VerificationReport.CheckResult;

/** Runs checks, each with a time limit, and collects their results. */
final class CheckRunner implements AutoCloseable {

  private final List<CheckResult> results = new ArrayList<>();

  /** One thread runs all checks, because the engine keeps buffers for each thread. */
  private final TimeLimit limit;

  CheckRunner(Duration limit, Consumer<String> notices) {
    this.limit = new TimeLimit(limit, notices);
  }

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

  private CheckResult result(String subject, ContractCheck check) {
    try {
      return limit.run(subject + ": " + check.promise(), () -> unlimited(subject, check));
    } catch (TimeLimit.PluginCodeException e) {
      return new CheckResult(subject, check.promise(), CheckOutcome.BROKEN, e.getMessage());
    }
  }

  private static CheckResult unlimited(String subject, ContractCheck check) {
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

  @Override
  public void close() {
    limit.close();
  }

  /** Fails with a sentence about the given items, unless there are none. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void requireEmpty(List<String> items, String sentence) {
    if (!items.isEmpty()) {
      throw new AssertionError(sentence.formatted(String.join(", ", items)));
    }
  }
}
