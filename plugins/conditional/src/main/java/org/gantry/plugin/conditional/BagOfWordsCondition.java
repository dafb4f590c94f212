package org.gantry.plugin.conditional;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.WordVocabulary;
import org.gantry.layers.Activation;

/**
 * A text as the number of times that it contains each word, in any order. Fully connected layers
 * can follow, which learn with the network that takes the condition.
 */
@Component(
    kind = ComponentKind.CONDITION,
    name = "bag-of-words",
    summary = "A text as the counts of its words, or as what layers make of them",
    paper = "arXiv:1605.05396, section 4.1",
    takes = "text",
    gives = "condition")
final class BagOfWordsCondition implements Architecture {

  static final NetworkPorts PORTS =
      new NetworkPorts(List.of("text"), List.of(), List.of("condition"));

  record Options(
      @Description(
              "the units of fully connected layers over the counts, such as [128]; empty for none")
          @DefaultValue("[]")
          List<@Positive Integer> hidden) {}

  private final Options options;

  @Inject
  BagOfWordsCondition(Options options) {
    this.options = options;
  }

  /** The counts themselves. */
  static BagOfWordsCondition plain() {
    return new BagOfWordsCondition(new Options(List.of()));
  }

  @Override
  public Block build(NetworkSite site) {
    int words = site.field("text").map(DatasetField::classNames).orElse(List.of()).size();
    if (words == 0) {
      throw new UnusableComponentException(
          "a bag of words needs a text with a vocabulary at its port text");
    }
    SequentialBlock network = new SequentialBlock();
    network.add(new IndexCounts(words - 1, WordVocabulary.UNKNOWN));
    for (int units : options.hidden()) {
      network.add(Linear.builder().setUnits(units).build()).add(Activation.LEAKY_RELU.layer());
    }
    return network;
  }
}
