package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients as functions. Nothing accumulates anywhere, only what is asked for is computed, and
 * gradients of gradients work.
 */
public final class Autograd implements AutoCloseable {

  /**
   * Gradients, and what is known of them.
   *
   * @param gradients one per input, of its shape
   * @param values the numbers that were to be read
   * @param norm the norm of all gradients as if they were one vector, where that was asked for: at
   *     least 0; infinite or NaN where an element is, or where the sum of squares is beyond
   *     float32. Else 0 if all elements are finite, and NaN if one is not.
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
    checked = Kernel.load(manager, source(", one: Tensor, found: Tensor", CHECKING));
    measured = Kernel.load(manager, source("", MEASURING));
    one = manager.ones(new Shape(1));
    found = manager.zeros(new Shape(1));
  }

  private static String source(String arguments, String output, String create, String examining) {
    return """
    def forward(self, ARGUMENTS, inputs: List[Tensor]) -> List[Tensor]:
      gradients = torch.autograd.grad([torch.sum(OUTPUT)], inputs, None, CREATE, True)
      result: List[Tensor] = []
      for i in range(len(inputs)):
        gradient = gradients[i]
        if gradient is None:
          result.append(torch.zeros_like(inputs[i]))
        else:
          result.append(gradient)
    EXAMINING
      return result
    """
        .replace("ARGUMENTS", arguments)
        .replace("OUTPUT", output)
        .replace("CREATE", create)
        .replace("EXAMINING\n", examining.indent(2));
  }

  private static String source(String further, String examining) {
    return source(
        "values: List[Tensor]" + further, "values[len(values) - 1]", "False, False", examining);
  }

  /**
   * Every number is looked at once, those of all arrays in one call. It multiplies by one in place,
   * so arrays whose elements share memory, as those of a sum do, are copied before.
   */
  private static final String CHECKING =
      """
      for i in range(len(result)):
        if 0 in result[i].stride():
          result[i] = torch.contiguous(result[i])
      torch._amp_foreach_non_finite_check_and_unscale_(result, found, one)
      """
          + reading("found");

  private static final String MEASURING =
      reading("torch.reshape(torch.norm(torch.stack(torch._foreach_norm(result, 2))), [1])");

  /** All that is to be read goes into one array, for each that is read costs a call. */
  private static String reading(String figure) {
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
   * @param output depends on the inputs; recorded with gradients on. Its record is freed.
   * @param inputs require gradients
   * @return one gradient per input, of its shape; zeros where the output does not depend on it
   */
  public NDList gradients(NDManager into, NDArray output, NDList inputs) {
    return first.call(into, List.of(output, inputs));
  }

  /**
   * The gradients of the sum of the last of several arrays, and whether they can be used, in one
   * call, in which the arrays are read, too.
   *
   * @param into owns the results
   * @param values arrays of one element of float32, all of which are read; the last depends on the
   *     inputs, recorded with gradients on. Its record is freed.
   * @param inputs require gradients; float32, at least one
   * @param measured whether the norm is wanted, which costs more than to know of the gradients that
   *     they are finite
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
      // The array is written to when something is found, and then only.
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
