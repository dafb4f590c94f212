package ${package};

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;

/** Maps a condition to a code of 16 numbers. Replace it by your own encoding. */
@Component(
    kind = ComponentKind.CONDITION,
    name = "${name}",
    summary = "A code of 16 numbers for a condition",
    takes = "label",
    gives = "condition")
final class ${className} implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    return new SequentialBlock()
        .add(new Flatten())
        .add(Linear.builder().setUnits(16).build())
        .add(Activation.TANH.layer());
  }
}
