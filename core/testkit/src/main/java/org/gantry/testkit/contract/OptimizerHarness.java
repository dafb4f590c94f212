package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/** A player of a few parameters and the optimizer that moves them, for tests of optimizers. */
public final class OptimizerHarness {

  private final NDManager manager;
  private final Optimizer optimizer;
  private final NDList parameters;
  private final Map<String, NDList> slots = new HashMap<>();
  private long count;

  /**
   * Creates a player at the start of a training.
   *
   * @param manager owns the parameters and the slots
   * @param start the parameters, which are moved in place
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

  /** A player of one parameter, a vector of float64. */
  public OptimizerHarness(NDManager manager, Optimizer optimizer, double... start) {
    this(manager, optimizer, manager.create(start));
  }

  /** The same player in another process: parameters and slots are copies, the optimizer is new. */
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
   * Does one update of a player with one parameter.
   *
   * @param progress the share of the training that lies behind
   * @param gradient one number per element
   */
  public void update(double progress, double... gradient) {
    update(progress, List.of(gradient));
  }

  /** Does one update, given the gradient of each parameter. */
  public void update(double progress, List<double[]> gradients) {
    update(progress, 1, gradients);
  }

  /** Does one update whose rate is scaled. */
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

  /** A parameter as it is now. */
  public NDArray parameter(int index) {
    return parameters.get(index);
  }
}
