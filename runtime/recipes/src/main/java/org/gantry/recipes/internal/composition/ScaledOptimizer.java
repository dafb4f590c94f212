package org.gantry.recipes.internal.composition;

import java.util.List;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/**
 * An optimizer with a scaled learning rate.
 *
 * @param optimizer makes the updates
 * @param factor multiplies the learning rate; not negative
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
