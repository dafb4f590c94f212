package org.gantry.recipes.internal;

import java.util.List;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.Update;

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
  public void update(Update update) {
    optimizer.update(
        new Update(
            update.parameters(),
            update.gradients(),
            update.slots(),
            update.count(),
            update.progress(),
            update.scale() * factor));
  }
}
