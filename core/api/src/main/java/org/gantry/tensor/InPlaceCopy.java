package org.gantry.tensor;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Overwrites arrays in place. DJL's own copies allocate new memory instead. */
public final class InPlaceCopy implements AutoCloseable {

  private final Kernel copy;

  /**
   * Loads the kernel.
   *
   * @param manager owns it
   */
  public InPlaceCopy(NDManager manager) {
    copy =
        Kernel.load(
            manager,
            """
            def forward(self, into: List[Tensor], source: List[Tensor]) -> Tensor:
              for i in range(len(into)):
                torch.copy_(into[i], source[i])
              return into[0]
            """);
  }

  /**
   * Copies arrays bit for bit, without recording the copy for gradients.
   *
   * @param into the arrays to overwrite
   * @param from as many arrays, of the same shapes
   */
  public void copy(NDList into, NDList from) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager scratch = into.get(0).getManager().newSubManager()) {
      copy.call(scratch, List.of(into, from));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public void close() {
    copy.close();
  }
}
