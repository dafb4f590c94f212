package org.gantry.testkit.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Tests that a component keeps the contract of its kind, with one test for each promise of the
 * contract. A test class implements this interface:
 *
 * <pre>{@code
 * final class HingeLossTest implements ComponentContract {
 *   @Override
 *   public Object createComponent() {
 *     return new HingeLoss();
 *   }
 * }
 * }</pre>
 *
 * <p>Nested test classes that implement the interface test other options.
 */
public interface ComponentContract {

  /** Creates a new instance of the component, always with the same options. */
  Object createComponent();

  /** Returns one test for each promise of the component's kind. */
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
