package org.gantry.plugin.ebgan;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ReconstructionEnergy;

/**
 * The loss of energy-based GANs. E is the energy that the discriminator, an autoencoder, gives to a
 * sample, m is the margin, and [t]⁺ = max(t, 0):
 *
 * <pre>
 * discriminator  mean E(x) + mean [m − E(G(z))]⁺
 * generator      mean E(G(z))
 * maker of x     mean [m − E(x)]⁺, where a topology has one
 * </pre>
 *
 * <p>The hinge applies to each sample. A hinge on the batch mean would remove the gradient of every
 * fake as soon as the mean exceeds the margin.
 *
 * <p>The margin has the unit of the energy. It must exceed the final energy of real samples. For
 * the norm of images in [−1, 1] this is about 10 at 28x28 pixels and 20 to 80 at 64x64. For means
 * over pixels it is far below 1, and a margin of 10 has no effect.
 *
 * <p>Watched values: {@code real-energy}, the mean E(x), and {@code beyond-margin}, the share of
 * fakes above the margin, in [0, 1]. Those fakes do not train the discriminator.
 */
@Component(
    kind = ComponentKind.LOSS,
    name = "energy-margin",
    summary = "EBGAN loss: low energy for real samples, energy up to a margin for fakes",
    paper = "arXiv:1609.03126, equations 1 and 2")
final class EnergyMarginLoss implements Loss {

  /** The margin and its unit. */
  record Options(
      @Description("the energy above which a fake does not train the discriminator")
          @DefaultValue("10")
          @Positive double margin,
      @Description(
              "the energy of a residual: norm as in the paper, sum-of-squares, mean-square or"
                  + " mean-absolute; the margin has the same unit")
          @DefaultValue("norm")
          ReconstructionEnergy energy) {}

  private final Options options;

  @Inject
  EnergyMarginLoss(Options options) {
    this.options = options;
  }

  @Override
  public void addTerms(AdversarialPair pair, Graph graph) {
    Signal real = options.energy.energySignal(graph, pair.discriminator(), pair.real());
    watch(graph, pair, "real-energy", graph.map("real-energy", NDArray::mean, real));
    for (FakeExample fake : pair.fakes()) {
      Signal energy = options.energy.energySignal(graph, pair.discriminator(), fake.example());
      if (fake.discriminatorWeight() != 0) {
        Signal term = graph.map("discriminator-loss", this::discriminator, real, energy);
        graph.minimise(
            pair.discriminator().player(), pair.termName(fake), fake.discriminatorWeight(), term);
        watch(graph, pair, "beyond-margin", graph.map("beyond-margin", this::beyond, energy));
      }
      if (fake.generatorWeight() != 0 && !fake.makers().isEmpty()) {
        Signal term = graph.map("generator-loss", NDArray::mean, energy);
        for (String maker : fake.makers()) {
          graph.minimise(maker, pair.termName(fake), fake.generatorWeight(), term);
        }
      }
    }
    if (!pair.makers().isEmpty()) {
      Signal term = graph.map("real-example-loss", this::hinge, real);
      pair.makers().forEach(maker -> graph.minimise(maker, pair.name(), 1, term));
    }
  }

  /** The loss of the discriminator, from energies of shape (batch). */
  NDArray discriminator(NDArray real, NDArray fake) {
    return real.mean().add(hinge(fake));
  }

  /** The mean shortfall of energies from the margin. */
  private NDArray hinge(NDArray energy) {
    return energy.mul(-1).add(options.margin).maximum(0).mean();
  }

  private NDArray beyond(NDArray energy) {
    return energy.gte(options.margin).toType(energy.getDataType(), true).mean();
  }

  private static void watch(Graph graph, AdversarialPair pair, String name, Signal value) {
    graph.watch(graph.pairs().size() == 1 ? name : pair.name() + "-" + name, value);
  }
}
