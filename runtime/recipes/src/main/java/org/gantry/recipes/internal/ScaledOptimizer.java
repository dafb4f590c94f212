package org.gantry.recipes.internal;

import java.util.List;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/**
 * An optimizer whose learning rate is multiplied.
 *
 * @param factor not negative
 */
record ScaledOptimizer(Optimizer optimizer, double factor) implements Optimizer {

  @Override
  public List<String> slots() {
    return optimizer.slots();
  }

  @Override
  public void update(ParameterUpdate update) {
    optimizer.update(
        new ParameterUpdate(
            update.parameters(),
            update.gradients(),
            update.slots(),
            update.updateNumber(),
            update.progress(),
            update.learningRateScale() * factor));
  }
}
