package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients as functions. Nothing accumulates in the parameters, and only the requested gradients
 * are computed. Gradients of gradients work.
 *
 * <p>A gradient has its elements in memory row by row, like the input that it belongs to. The
 * engine may compute it in another order, but it updates all parameters in one call by their
 * memory, and the call does not look at the order.
 */
public final class Autograd implements AutoCloseable {

  /**
   * Gradients, and the result of checking them.
   *
   * @param gradients one per input, of its shape
   * @param values the numbers that were read
   * @param norm if measured, the norm of all gradients as one vector: at least 0; infinite or NaN
   *     if an element is, or if the sum of squares exceeds float32. If not measured, 0 if all
   *     elements are finite, and NaN otherwise.
   */
  public record CheckedGradients(NDList gradients, List<Float> values, float norm) {}

  private final Kernel first;
  private final Kernel second;
  private final Kernel checked;
  private final Kernel measured;
  private final NDArray one;
  private final NDArray found;

  /**
   * Loads the kernels.
   *
   * @param manager owns them
   */
  public Autograd(NDManager manager) {
    first = Kernel.load(manager, source("output: Tensor", "output", "False, False", ""));
    second = Kernel.load(manager, source("output: Tensor", "output", "True, True", ""));
    checked = Kernel.load(manager, source(", one: Tensor, found: Tensor", CHECK_FINITE));
    measured = Kernel.load(manager, source("", MEASURE_NORM));
    one = manager.ones(new Shape(1));
    found = manager.zeros(new Shape(1));
  }

  private static String source(String arguments, String output, String create, String checks) {
    return """
    def forward(self, ARGUMENTS, inputs: List[Tensor]) -> List[Tensor]:
      gradients = torch.autograd.grad([torch.sum(OUTPUT)], inputs, None, CREATE, True)
      result: List[Tensor] = []
      for i in range(len(inputs)):
        gradient = gradients[i]
        if gradient is None:
          result.append(torch.zeros_like(inputs[i]))
        else:
          result.append(torch.contiguous(gradient))
    CHECKS
      return result
    """
        .replace("ARGUMENTS", arguments)
        .replace("OUTPUT", output)
        .replace("CREATE", create)
        .replace("CHECKS\n", checks.indent(2));
  }

  private static String source(String further, String checks) {
    return source(
        "values: List[Tensor]" + further, "values[len(values) - 1]", "False, False", checks);
  }

  /** One call checks every element of all arrays. */
  private static final String CHECK_FINITE =
      """
      torch._amp_foreach_non_finite_check_and_unscale_(result, found, one)
      """
          + readInOneCall("found");

  private static final String MEASURE_NORM =
      readInOneCall("torch.reshape(torch.norm(torch.stack(torch._foreach_norm(result, 2))), [1])");

  /** Joins all numbers to read into one array, because reading an array costs a call. */
  private static String readInOneCall(String figure) {
    return """
    read: List[Tensor] = [FIGURE]
    for value in values:
      read.append(torch.reshape(value, [1]))
    result.append(torch.cat(read))
    """
        .replace("FIGURE", figure);
  }

  /**
   * The gradients of the sum of an array.
   *
   * @param into owns the results
   * @param output depends on the inputs, and was recorded for gradients; its record is freed
   * @param inputs require gradients
   * @return one gradient per input, of its shape; zeros where the output does not depend on it
   */
  public NDList gradients(NDManager into, NDArray output, NDList inputs) {
    return first.call(into, List.of(output, inputs));
  }

  /**
   * The gradients of the sum of the last of several arrays. The same call checks the gradients and
   * reads the arrays.
   *
   * @param into owns the results
   * @param values arrays of one float32 element, all of which are read; the last one depends on the
   *     inputs, and was recorded for gradients; its record is freed
   * @param inputs require gradients; float32, at least one
   * @param measured whether to compute the norm, which costs more than the check that all elements
   *     are finite
   */
  public CheckedGradients checkedGradients(
      NDManager into, NDList values, NDList inputs, boolean measured) {
    NDList results =
        measured
            ? this.measured.call(into, List.of(values, inputs))
            : checked.call(into, List.of(values, one, found, inputs));
    float[] read = results.remove(results.size() - 1).toFloatArray();
    float norm = read[0];
    if (!measured && norm != 0) {
      // The kernel writes to the array only if an element is not finite.
      boolean recording = setRecording(false);
      found.subi(found);
      setRecording(recording);
      norm = Float.NaN;
    }
    List<Float> numbers = new ArrayList<>();
    for (int i = 1; i < read.length; i++) {
      numbers.add(read[i]);
    }
    return new CheckedGradients(results, numbers, norm);
  }

  /**
   * The gradient of the sum of an array. It is recorded itself, so it can be part of a loss.
   *
   * @param output depends on the input; its record is kept
   * @param input requires gradients
   * @return shape of the input, belonging to the input's manager
   */
  public NDArray gradient(NDArray output, NDArray input) {
    return second.call(input.getManager(), List.of(output, new NDList(input))).get(0);
  }

  /** Turns gradient recording of the calling thread on or off, and returns the setting before. */
  public static boolean setRecording(boolean on) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    return before;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    checked.close();
    measured.close();
    one.close();
    found.close();
  }
}
