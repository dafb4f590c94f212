package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.layers.Flatten;

/** The last layer of a classifier: one linear layer from a code to the logits of classes. */
@Component(
    kind = ENCODER,
    name = "class-logits",
    summary = "The last layer of a classifier, from a code to the logits of classes",
    takes = "latent",
    gives = "classes")
final class ClassLogitsEncoder implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    return new SequentialBlock()
        .add(new Flatten())
        .add(Linear.builder().setUnits(site.output("classes").size()).build());
  }
}
