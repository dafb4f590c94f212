package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/** Runs an optimizer on a few parameters, for tests of optimizers. */
public final class OptimizerHarness {

  private final NDManager manager;
  private final Optimizer optimizer;
  private final NDList parameters;
  private final Map<String, NDList> slots = new HashMap<>();
  private long count;

  /**
   * Creates parameters at the start of a training, with slots of zeros.
   *
   * @param manager the owner of the parameters and the slots
   * @param start the parameters, which the optimizer updates in place
   */
  public OptimizerHarness(NDManager manager, Optimizer optimizer, NDArray... start) {
    this.manager = manager;
    this.optimizer = optimizer;
    parameters = new NDList(start);
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    for (String slot : optimizer.slots()) {
      NDList zeros = new NDList();
      parameters.forEach(p -> zeros.add(manager.zeros(p.getShape(), p.getDataType())));
      slots.put(slot, zeros);
    }
  }

  /** Creates one parameter, a vector of float64. */
  public OptimizerHarness(NDManager manager, Optimizer optimizer, double... start) {
    this(manager, optimizer, manager.create(start));
  }

  /** Returns copies of the parameters and slots with a new optimizer, as in a resumed training. */
  public OptimizerHarness resumeWith(Optimizer fresh) {
    OptimizerHarness resumed =
        new OptimizerHarness(
            manager,
            fresh,
            parameters.stream().map(OptimizerHarness::copy).toArray(NDArray[]::new));
    slots.forEach(
        (name, arrays) -> {
          for (int i = 0; i < arrays.size(); i++) {
            resumed.slots.get(name).get(i).addi(arrays.get(i));
          }
        });
    resumed.count = count;
    return resumed;
  }

  private static NDArray copy(NDArray array) {
    return array.getManager().zeros(array.getShape(), array.getDataType()).addi(array);
  }

  /**
   * Updates a single parameter.
   *
   * @param progress the fraction of the training that is done, in [0, 1)
   * @param gradient the gradient, one value per element
   */
  public void update(double progress, double... gradient) {
    update(progress, List.of(gradient));
  }

  /** Updates all parameters, given the gradient of each. */
  public void update(double progress, List<double[]> gradients) {
    update(progress, 1, gradients);
  }

  /** Updates all parameters with a scaled learning rate. */
  void update(double progress, double scale, List<double[]> gradients) {
    try (NDManager step = manager.newSubManager()) {
      NDList arrays = new NDList();
      for (int i = 0; i < gradients.size(); i++) {
        NDArray parameter = parameters.get(i);
        arrays.add(
            step.create(gradients.get(i))
                .reshape(parameter.getShape())
                .toType(parameter.getDataType(), false));
      }
      optimizer.update(new ParameterUpdate(parameters, arrays, slots, ++count, progress, scale));
    }
  }

  /** Returns the present values of a parameter; the manager of this harness owns the array. */
  public NDArray parameter(int index) {
    return parameters.get(index);
  }
}
