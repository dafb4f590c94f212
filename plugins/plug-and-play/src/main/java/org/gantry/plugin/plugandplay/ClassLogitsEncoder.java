package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;

/** The end of a classifier, from a code to the logits of classes: one linear layer by default. */
@Component(
    kind = ENCODER,
    name = "class-logits",
    summary = "The last layer of a classifier, from a code to the logits of classes",
    takes = "latent",
    gives = "classes")
final class ClassLogitsEncoder implements Architecture {

  record Options(
      @Description("the units of each hidden layer between the code and the logits")
          @DefaultValue("[]")
          List<@Positive Integer> hidden) {}

  private final Options options;

  @Inject
  ClassLogitsEncoder(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    SequentialBlock network = new SequentialBlock().add(new Flatten());
    for (int units : options.hidden()) {
      network.add(Linear.builder().setUnits(units).build()).add(Activation.RELU.layer());
    }
    return network.add(Linear.builder().setUnits(site.output("classes").size()).build());
  }
}
