package org.gantry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Checks that the contract of constraints finds typical mistakes. */
@TensorTest
final class ConstraintContractTest {

  private static Set<String> broken(Constraint constraint) throws Exception {
    Set<String> broken = new TreeSet<>();
    ContractSubject subject =
        new ContractSubject(ComponentKind.CONSTRAINT, List.of(), List.of(), () -> constraint);
    for (ContractCheck check : ConstraintContract.of(subject)) {
      try {
        check.body().run();
      } catch (AssertionError e) {
        broken.add(check.promise());
      }
    }
    return broken;
  }

  private static Constraint of(UnaryOperator<NDArray> cost) {
    return site -> cost::apply;
  }

  private static NDArray brightness(NDArray pictures) {
    long count = pictures.getShape().get(0);
    return pictures.reshape(count, pictures.size() / count).sum(new int[] {1}).square();
  }

  @Test
  void aGoodConstraintBreaksNoPromise() throws Exception {
    assertEquals(Set.of(), broken(of(ConstraintContractTest::brightness)));
  }

  @Test
  void aCostOfTheBatchIsFound() throws Exception {
    assertEquals(
        Set.of("the cost of a picture does not depend on the others"),
        broken(of(pictures -> brightness(pictures).mul(0).add(brightness(pictures).sum()))));
  }

  @Test
  void aNegativeCostIsFound() throws Exception {
    assertEquals(
        Set.of("each picture has a finite cost of at least 0"),
        broken(of(pictures -> brightness(pictures).neg())));
  }

  @Test
  void aCutGradientIsFound() throws Exception {
    assertEquals(
        Set.of("its gradients agree with finite differences"),
        broken(of(pictures -> brightness(pictures.duplicate()))));
  }

  @Test
  void arraysThatStayWithTheSiteAreFound() throws Exception {
    assertEquals(
        Set.of("it leaves no arrays behind except those of its preparation"),
        broken(
            site ->
                pictures -> {
                  NDArray kept = site.manager().create(new float[] {1});
                  return brightness(pictures).mul(kept);
                }));
  }

  @Test
  void aConstraintThatAcceptsNothingIsFound() throws Exception {
    Constraint refusing =
        site -> {
          throw new UnusableComponentException("never");
        };

    assertEquals(6, broken(refusing).size());
  }
}
