package org.gantry.verification.internal;

import java.util.ArrayList;
import java.util.List;
import org.gantry.testkit.contract.Check;
import org.gantry.testkit.contract.NotApplicable;
import org.gantry.verification.Report.Outcome;
import org.gantry.verification.Report.Result;

/** Runs checks and writes down how they went. */
final class Trials {

  private final List<Result> results = new ArrayList<>();

  List<Result> results() {
    return results;
  }

  /** Runs a check; whatever it throws is a result. */
  boolean run(String subject, Check check) {
    Result result = result(subject, check);
    results.add(result);
    return result.outcome() == Outcome.KEPT;
  }

  /** Runs a check. */
  boolean run(String subject, String promise, Check.Body body) {
    return run(subject, new Check(promise, body));
  }

  private static Result result(String subject, Check check) {
    try {
      check.body().run();
      return new Result(subject, check.promise(), Outcome.KEPT, "");
    } catch (NotApplicable e) {
      return new Result(subject, check.promise(), Outcome.SKIPPED, e.getMessage());
    } catch (AssertionError e) {
      return new Result(subject, check.promise(), Outcome.BROKEN, e.getMessage());
    } catch (Exception | LinkageError | StackOverflowError e) {
      return new Result(subject, check.promise(), Outcome.BROKEN, chain(e));
    }
  }

  private static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder(text(failure));
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      text.append("; because of ").append(text(t));
    }
    return text.toString();
  }

  private static String text(Throwable t) {
    return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
  }

  /** Fails with a sentence unless there is nothing to complain of. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void none(List<String> complaints, String sentence) {
    if (!complaints.isEmpty()) {
      throw new AssertionError(sentence.formatted(String.join(", ", complaints)));
    }
  }
}
