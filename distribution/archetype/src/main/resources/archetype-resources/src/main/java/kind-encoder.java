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

/** Maps samples of any shape to latent codes. Replace it by your own encoder. */
@Component(
    kind = ComponentKind.ENCODER,
    name = "${name}",
    summary = "An encoder with one hidden layer of 128 units, for samples of any shape",
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
