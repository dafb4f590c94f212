package ${package};

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;

/** One hidden layer from samples of any shape to codes, to begin with. */
@Component(
    kind = ComponentKind.ENCODER,
    name = "${name}",
    summary = "A network with one hidden layer of 128 units, from any samples to codes",
    takes = "image",
    gives = "latent")
final class ${className} implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    Shape code = site.output("latent");
    return new SequentialBlock()
        .add(new Flatten())
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.TANH.layer())
        .add(Linear.builder().setUnits(code.size()).build())
        .add(new Reshape(code));
  }
}
