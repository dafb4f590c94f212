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
 * Minibatch discrimination. The last layer of a discriminator also sees how similar each sample is
 * to the others of its batch. A generator that repeats itself is detected, because real samples are
 * less similar. The discriminator's feature output does not change.
 *
 * <p>Real and fake batches are compared separately, as in the paper; a mixed batch would reveal the
 * label. The sum leaves out the sample itself, as in the authors' code but not in the paper's
 * formula. Some programs draw the tensor T from N(0, 1), where all distances are so large that
 * gradients vanish. Here the initial deviation falls with the number of features.
 *
 * <p>A score depends on the whole batch, in training and in use. So a penalty on the gradient of
 * single samples, such as that of WGAN-GP, is not well defined with it.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "minibatch-discrimination",
    summary =
        "Minibatch discrimination: the last layer sees how similar the samples of a" + " batch are",
    paper = "arXiv:1606.03498, section 3.2")
final class MinibatchDiscrimination implements Regularizer {

  /** The defaults are those of the authors' code for CIFAR-10. */
  record Options(
      @Description("the number of comparisons; each gives a feature") @DefaultValue("100") @Positive int kernels,
      @Description("the number of values in each comparison") @DefaultValue("5") @Positive int dimensions,
      @Description("the roles of the discriminators that compare samples; empty for all")
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
        "the %s has no separate last layer, which minibatch discrimination needs;"
                .formatted(network.role())
            + " what comparing samples gives; if another regularizer wraps it, list that one"
            + " later");
  }

  private Block comparing(Block head) {
    return new SequentialBlock()
        .add(new BatchSimilarity(options.kernels(), options.dimensions()))
        .add(head);
  }
}
