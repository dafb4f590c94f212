package org.gantry.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.gantry.tensor.Kernel;

/** A TorchScript kernel that performs the updates of one optimizer. The first update loads it. */
public final class OptimizerKernel {

  private final String source;
  private Kernel kernel;

  /**
   * Creates a kernel.
   *
   * @param source a source for {@link Kernel#load}; it takes the parameters, the gradients, any
   *     further arguments and the learning rate, in this order, and moves the parameters in place
   */
  public OptimizerKernel(String source) {
    this.source = source;
  }

  /**
   * Performs an update.
   *
   * @param learningRate the learning rate of the optimizer; the kernel receives it times {@link
   *     ParameterUpdate#learningRateScale}, as a scalar array
   * @param arguments arrays and lists of arrays, such as slots
   */
  public void update(ParameterUpdate update, double learningRate, List<?> arguments) {
    if (kernel == null) {
      kernel = Kernel.load(update.parameters().head().getManager(), source);
    }
    NDManager manager = update.gradients().head().getManager();
    try (NDArray rate = manager.create(learningRate * update.learningRateScale())) {
      List<Object> all = new ArrayList<>(List.of(update.parameters(), update.gradients()));
      all.addAll(arguments);
      all.add(rate);
      kernel.call(manager, all).close();
    }
  }
}
