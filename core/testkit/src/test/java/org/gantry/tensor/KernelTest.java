package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.DoubleStream;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class KernelTest {

  @Test
  void listsAndArraysArePassedInOrder(NDManager manager) {
    Kernel kernel =
        Kernel.load(
            manager,
            """
            def forward(self, a: List[Tensor], b: Tensor, c: List[Tensor]) -> List[Tensor]:
              return [a[0], a[1], b, c[0], torch.sub(a[1], c[0])]
            """);
    NDList results =
        kernel.call(
            manager,
            List.of(
                new NDList(scalar(manager, 1), scalar(manager, 2)),
                scalar(manager, 3),
                new NDList(scalar(manager, 4))));
    double[] values = results.stream().mapToDouble(array -> array.toFloatArray()[0]).toArray();
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, -2.0), DoubleStream.of(values).boxed().toList());
  }

  @Test
  void aDeferredKernelIsCompiledByItsFirstCall(NDManager manager) {
    Kernel wrong =
        Kernel.deferred(
            manager, "def forward(self, x: Tensor) -> Tensor:\n  return torch.unknown(x)");
    Kernel right =
        Kernel.deferred(manager, "def forward(self, x: Tensor) -> Tensor:\n  return torch.neg(x)");
    NDArray two = scalar(manager, 2);
    assertThrows(EngineException.class, () -> wrong.call(two));
    ArrayAssertions.assertClose(0, right.call(two), -2);
  }

  @Test
  void aDeferredKernelThatWasClosedIsNotLoaded(NDManager manager) {
    Kernel kernel =
        Kernel.deferred(manager, "def forward(self, x: Tensor) -> Tensor:\n  return torch.neg(x)");
    kernel.close();
    NDArray two = scalar(manager, 2);
    assertThrows(IllegalStateException.class, () -> kernel.call(two));
  }

  @Test
  void aTupleIsReturnedAsAList(NDManager manager) {
    Kernel kernel =
        Kernel.load(
            manager,
            """
            def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
              return (torch.mul(x, 2), torch.mul(x, 3))
            """);
    NDList results = kernel.call(manager, List.of(scalar(manager, 5)));
    ArrayAssertions.assertClose(0, results.get(0), 10);
    ArrayAssertions.assertClose(0, results.get(1), 15);
  }

  @Test
  void aCallDoesNotNameItsArguments(NDManager manager) {
    Kernel kernel =
        Kernel.load(
            manager, "def forward(self, x: List[Tensor]) -> Tensor:\n  return torch.neg(x[0])");
    NDArray x = scalar(manager, 1);
    kernel.call(manager, List.of(new NDList(x)));
    assertNull(x.getName());
  }

  @Test
  void theResultBelongsToTheGivenManager(NDManager manager) {
    Kernel kernel =
        Kernel.load(manager, "def forward(self, x: Tensor) -> Tensor:\n  return torch.neg(x)");
    NDArray x = scalar(manager, 1);
    int before = manager.getManagedArrays().size();
    try (NDManager step = manager.newSubManager()) {
      assertSame(step, kernel.call(step, List.of(x)).get(0).getManager());
    }
    assertEquals(before, manager.getManagedArrays().size());
    assertSame(manager, kernel.call(x).getManager());
  }

  @Test
  void theErrorOfASourceThatDoesNotCompileShowsTheLine(NDManager manager) {
    EngineException refusal =
        assertThrows(
            EngineException.class,
            () ->
                Kernel.load(
                    manager,
                    "def forward(self, x: Tensor) -> Tensor:\n  return torch.nonsense(x)"));
    assertTrue(refusal.getMessage().contains("torch.nonsense(x)"), refusal.getMessage());
  }

  @Test
  void anArgumentThatIsNotAnArrayIsRefused(NDManager manager) {
    Kernel kernel =
        Kernel.load(manager, "def forward(self, x: Tensor) -> Tensor:\n  return torch.neg(x)");
    assertThrows(IllegalArgumentException.class, () -> kernel.call(manager, List.of(1.5)));
  }

  private static NDArray scalar(NDManager manager, float value) {
    return manager.create(value);
  }
}
