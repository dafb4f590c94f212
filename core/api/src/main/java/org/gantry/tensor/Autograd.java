package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Gradients as functions. Nothing accumulates anywhere, only what is asked for is computed, and
 * gradients of gradients work.
 */
public final class Autograd implements AutoCloseable {

  private final Kernel first;
  private final Kernel second;

  /**
   * Loads the kernels.
   *
   * @param manager owns them
   */
  public Autograd(NDManager manager) {
    first = Kernel.load(manager, source("False"));
    second = Kernel.load(manager, source("True"));
  }

  private static String source(String createGraph) {
    return """
        def forward(self, output: Tensor, inputs: List[Tensor]) -> List[Tensor]:
          gradients = torch.autograd.grad([torch.sum(output)], inputs, None, CREATE, True)
          result: List[Tensor] = []
          for i in range(len(inputs)):
            gradient = gradients[i]
            if gradient is None:
              result.append(torch.zeros_like(inputs[i]))
            else:
              result.append(gradient)
          return result
        """
        .replace("CREATE", createGraph.equals("True") ? "True, True" : "False, False");
  }

  /**
   * The gradients of the sum of an array.
   *
   * @param into owns the results
   * @param output depends on the inputs; recorded with gradients on. Its record is freed.
   * @param inputs require gradients
   * @return one gradient per input, of its shape; zeros where the output does not depend on it
   */
  public NDList gradients(NDManager into, NDArray output, NDList inputs) {
    return first.call(into, List.of(output, inputs));
  }

  /**
   * The gradient of the sum of an array, itself recorded, so that it can be part of a loss.
   *
   * @param output depends on the input; its record is kept
   * @param input requires gradients
   * @return shape of the input, belonging to the input's manager
   */
  public NDArray gradient(NDArray output, NDArray input) {
    return second.call(input.getManager(), List.of(output, new NDList(input))).get(0);
  }

  /** Turns gradient recording of the calling thread on or off and returns what it was before. */
  public static boolean recording(boolean on) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    return before;
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
