package org.gantry.plugin.conditional;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/** A label as a vector of its class, which learns with the network that takes the condition. */
@Component(
    kind = ComponentKind.CONDITION,
    name = "embedding",
    summary = "A label as a vector of its class, which is learned",
    paper = "arXiv:1802.05637, section 3",
    takes = "label",
    gives = "condition")
final class EmbeddingCondition implements Architecture {

  record Options(
      @Description("the length of the vectors") @DefaultValue("32") @Positive int size) {}

  private final Options options;

  @Inject
  EmbeddingCondition(Options options) {
    this.options = options;
  }

  /** A linear layer without a bias over one-hot vectors has one row of weights for each class. */
  @Override
  public Block build(NetworkSite site) {
    return new SequentialBlock()
        .add(new OneHotCondition().build(site))
        .add(Linear.builder().setUnits(options.size()).optBias(false).build());
  }
}
