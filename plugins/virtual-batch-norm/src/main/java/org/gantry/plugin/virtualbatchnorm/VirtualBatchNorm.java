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
 * Turns a generator's batch normalisation into virtual batch normalisation: each sample is
 * normalised by a fixed reference batch and itself, so what a code becomes does not depend on the
 * other codes of its batch, in training as in use. Every pass works on the reference, too, which
 * costs as much as so many samples more.
 *
 * <p>The reference of a generator is drawn from the prior, once, since that is what it is used
 * with, even where it is given the codes of an encoder first; of a network that takes anything
 * else, it is what it is given first in training, repeated if that is too few. It is kept with the
 * network's weights, in checkpoints and exported files. Running statistics are not used.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "virtual-batch-norm",
    summary = "Batch normalisation by a fixed reference batch, so that samples do not mix",
    paper = "arXiv:1606.03498, section 3.5")
final class VirtualBatchNorm implements Regularizer {

  /** What can be set. */
  record Options(
      @Description("how many samples the reference has") @DefaultValue("64") @Positive
          int reference,
      @Description("the roles of the networks concerned; empty for all generators")
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
          "the %s has no batch normalisation that could refer to a fixed batch"
              .formatted(network.role()));
    }
    return referred;
  }

  /** Codes of the prior, if codes are what the network takes; otherwise what it is given. */
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
