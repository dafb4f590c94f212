package org.gantry.plugin.minibatchdiscrimination;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.layers.HeadedNetwork;
import org.gantry.regularizer.Regularizer;

/**
 * Before its last layer, a discriminator gets to know how much each sample is like the others of
 * its batch. A generator that makes the same thing again and again is found out, because real
 * samples are less alike. The features that the discriminator gives stay those without.
 *
 * <p>Real and fake batches are compared each within itself, as in the paper: one mixed batch would
 * tell the label. The sum leaves out the sample itself, whose 1 says nothing; the paper's formula
 * has it, the authors' program does not. Some programs start T from N(0, 1), where all distances
 * are so large that no gradient is left; here it starts smaller the more features there are.
 *
 * <p>A score depends on the whole batch, in use as in training. So a penalty on the slope of single
 * samples, such as WGAN-GP's, is not quite defined with it.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "minibatch-discrimination",
    summary = "The discriminator compares the samples of a batch before its last layer",
    paper = "arXiv:1606.03498, section 3.2")
final class MinibatchDiscrimination implements Regularizer {

  /** The defaults are those of the authors' program for CIFAR-10. */
  record Options(
      @Description("in how many ways samples are compared; each gives a feature")
          @DefaultValue("100")
          @Positive
          int kernels,
      @Description("how many numbers each comparison is made in") @DefaultValue("5") @Positive
          int dimensions,
      @Description("the roles of the discriminators that compare; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  MinibatchDiscrimination(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    networks.forEach(n -> n.wrap(block -> comparing(block, n)));
  }

  private Block comparing(Block block, Network network) {
    if (block instanceof HeadedNetwork headed) {
      return new HeadedNetwork(
          headed.getChildren().valueAt(0), comparing(headed.getChildren().valueAt(1)));
    }
    List<Block> layers = block.getChildren().values();
    if (block instanceof SequentialBlock sequence
        && !sequence.isReturnIntermediate()
        && !layers.isEmpty()) {
      SequentialBlock result = new SequentialBlock();
      result.addAll(layers.subList(0, layers.size() - 1));
      return result.add(comparing(layers.get(layers.size() - 1)));
    }
    throw new UnusableComponentException(
        "the %s has no last layer that can be told from the others, so there is no place for"
                .formatted(network.role())
            + " what comparing samples gives; if another regularizer wraps it, list that one"
            + " later");
  }

  private Block comparing(Block head) {
    return new SequentialBlock()
        .add(new Similarities(options.kernels(), options.dimensions()))
        .add(head);
  }
}
