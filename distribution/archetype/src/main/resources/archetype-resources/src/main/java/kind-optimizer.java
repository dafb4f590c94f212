package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/** Gradient descent with momentum. Replace it by your own optimizer. */
@Component(
    kind = ComponentKind.OPTIMIZER,
    name = "${name}",
    summary = "Gradient descent with momentum 0.9 and learning rate 0.01")
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
      // Move the new array to the manager of the step, so that it is closed after the step.
      NDManager step = update.gradients().get(i).getManager();
      move.attach(step);
      update.parameters().get(i).subi(move);
    }
  }
}
