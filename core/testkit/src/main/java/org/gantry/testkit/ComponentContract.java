package org.gantry.testkit;

import java.util.stream.Stream;
import org.gantry.testkit.contract.Check;
import org.gantry.testkit.contract.Contracts;
import org.gantry.testkit.contract.NotApplicable;
import org.gantry.testkit.contract.Subject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Lets a test class try what every component of its kind promises, a test for each promise:
 *
 * <pre>{@code
 * final class HingeTest implements ComponentContract {
 *   @Override
 *   public Object component() {
 *     return new Hinge();
 *   }
 * }
 * }</pre>
 *
 * <p>A nested class that implements it tries other options.
 */
public interface ComponentContract {

  /** Makes another instance at each call, always with the same options. */
  Object component();

  /** The promises of the component's kind. */
  @TestFactory
  default Stream<DynamicTest> itKeepsTheContractOfItsKind() {
    return Contracts.of(Subject.of(this::component)).stream()
        .map(check -> DynamicTest.dynamicTest(check.promise(), () -> run(check)));
  }

  private static void run(Check check) throws Exception {
    try {
      check.body().run();
    } catch (NotApplicable e) {
      throw new TestAbortedException(e.getMessage(), e);
    }
  }
}
