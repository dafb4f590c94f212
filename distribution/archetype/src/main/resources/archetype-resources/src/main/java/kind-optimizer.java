package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/** Gradient descent with momentum, to begin with. */
@Component(
    kind = ComponentKind.OPTIMIZER,
    name = "${name}",
    summary = "Gradient descent that keeps nine tenths of its velocity, at a rate of one hundredth")
final class ${className} implements Optimizer {

  @Override
  public List<String> slots() {
    return List.of("velocity");
  }

  @Override
  public void update(ParameterUpdate update) {
    for (int i = 0; i < update.parameters().size(); i++) {
      NDArray velocity = update.slots().get("velocity").get(i);
      velocity.muli(0.9f).addi(update.gradients().get(i));
      NDArray move = velocity.mul((float) (0.01 * update.learningRateScale()));
      // What is computed belongs to the velocity's manager, which lives as long as the training.
      NDManager step = update.gradients().get(i).getManager();
      move.attach(step);
      update.parameters().get(i).subi(move);
    }
  }
}
