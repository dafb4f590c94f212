package org.gantry.testkit;

import java.util.stream.Stream;
import org.gantry.testkit.contract.ContractCheck;
import org.gantry.testkit.contract.ContractSubject;
import org.gantry.testkit.contract.KindContracts;
import org.gantry.testkit.contract.NotApplicableException;
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
  Object createComponent();

  /** The promises of the component's kind. */
  @TestFactory
  default Stream<DynamicTest> componentKeepsTheContractOfItsKind() {
    return KindContracts.of(ContractSubject.of(this::createComponent)).stream()
        .map(check -> DynamicTest.dynamicTest(check.promise(), () -> run(check)));
  }

  private static void run(ContractCheck check) throws Exception {
    try {
      check.body().run();
    } catch (NotApplicableException e) {
      throw new TestAbortedException(e.getMessage(), e);
    }
  }
}
