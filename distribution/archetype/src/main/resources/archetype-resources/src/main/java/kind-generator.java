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
import org.gantry.layers.Reshape;

/** Maps latent codes to samples of any shape. Replace it by your own generator. */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "${name}",
    summary = "A generator with one hidden layer of 128 units, for samples of any shape",
    takes = "latent",
    gives = "image")
final class ${className} implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    Shape image = site.output("image");
    return new SequentialBlock()
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.TANH.layer())
        .add(Linear.builder().setUnits(image.size()).build())
        .add(new Reshape(image));
  }
}
