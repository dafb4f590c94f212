package org.gantry.plugin.virtualbatchnorm;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStream;

/**
 * Virtual batch normalisation. Each sample is normalised by the statistics of a fixed reference
 * batch and of itself. So the sample of a code does not depend on the other codes of its batch, in
 * training or in use. Every pass also processes the reference batch, at the cost of that many more
 * samples.
 *
 * <p>The reference batch of a generator is drawn from the prior once, because the generator is used
 * with the prior. This holds even if it receives the codes of an encoder first. For a network with
 * another input, the reference is its first training input, repeated if necessary. The reference is
 * stored with the weights, in checkpoints and exported files. Running statistics are not used.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "virtual-batch-norm",
    summary =
        "Virtual batch normalisation: statistics of a fixed reference batch, so samples"
            + " stay independent",
    paper = "arXiv:1606.03498, section 3.5")
final class VirtualBatchNorm implements Regularizer {

  /** The size of the reference batch. */
  record Options(
      @Description("the number of samples in the reference batch") @DefaultValue("64") @Positive int reference,
      @Description("the roles of the networks to change; empty for all generators")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  VirtualBatchNorm(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.GENERATOR);
    networks.forEach(n -> n.wrap(block -> wrap(block, n, graph.prior())));
  }

  private Block wrap(Block block, Network network, Prior prior) {
    RandomStream random = network.randomStream("reference");
    UnaryOperator<NDList> source =
        network.kind().equals(ComponentKind.GENERATOR)
            ? inputs -> reference(inputs, prior, random)
            : UnaryOperator.identity();
    ReferenceBatchNorm referred = new ReferenceBatchNorm(block, options.reference(), source);
    if (referred.batchNormCount() == 0) {
      throw new UnusableComponentException(
          "the %s has no batch normalisation".formatted(network.role()));
    }
    return referred;
  }

  /** Codes from the prior if the network takes codes; otherwise its input. */
  private NDList reference(NDList inputs, Prior prior, RandomStream random) {
    Shape code = prior.shape();
    if (inputs.size() != 1 || !inputs.head().getShape().slice(1).equals(code)) {
      return inputs;
    }
    return new NDList(
        FloatArrays.fill(
            inputs.head().getManager(),
            new Shape(options.reference()).addAll(code),
            codes -> prior.draw(random.next(), codes)));
  }
}
