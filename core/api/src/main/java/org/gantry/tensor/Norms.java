package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Euclidean norms of many arrays together, in one call. */
public final class Norms implements AutoCloseable {

  private final Kernel norm;

  /**
   * Loads the kernel.
   *
   * @param manager owns it
   */
  public Norms(NDManager manager) {
    norm =
        Kernel.load(
            manager,
            """
            def forward(self, arrays: List[Tensor]) -> Tensor:
              return torch.norm(torch.stack(torch._foreach_norm(arrays, 2)))
            """);
  }

  /**
   * The norm of all elements of all arrays, as if they were one vector.
   *
   * @param arrays at least one, of float32
   * @return at least 0; infinite or NaN where an element is, or where the sum of squares is beyond
   *     float32
   */
  public double of(NDList arrays) {
    boolean recording = Autograd.recording(false);
    try (NDManager scratch = arrays.get(0).getManager().newSubManager()) {
      NDArray norm = this.norm.call(scratch, List.of(arrays)).singletonOrThrow();
      return norm.getFloat();
    } finally {
      Autograd.recording(recording);
    }
  }

  @Override
  public void close() {
    norm.close();
  }
}
