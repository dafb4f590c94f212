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

/** Scores samples of any shape. Replace it by your own discriminator. */
@Component(
    kind = ComponentKind.DISCRIMINATOR,
    name = "${name}",
    summary = "A discriminator with one hidden layer of 128 units, for samples of any shape",
    takes = "image",
    gives = "score")
final class ${className} implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    return new SequentialBlock()
        .add(new Flatten())
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.TANH.layer())
        .add(Linear.builder().setUnits(1).build());
  }
}
