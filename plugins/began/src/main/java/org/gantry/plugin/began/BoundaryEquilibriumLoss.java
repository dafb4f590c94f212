package org.gantry.plugin.began;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ReconstructionEnergy;

/**
 * The loss of boundary equilibrium GANs. L is the mean energy that the discriminator, an
 * autoencoder, gives to a batch, and γ is the diversity ratio. The state k weights the fakes in the
 * discriminator's loss. It starts at 0, and the training carries it from step to step:
 *
 * <pre>
 * discriminator  L(x) − k L(G(z))
 * generator      L(G(z))
 * maker of x     −L(x), where a topology has one
 * next k         k + λ (γ L(x) − L(G(z))), clipped to [0, 1]
 * </pre>
 *
 * <p>Some fakes do not train the discriminator, such as reconstructions that only have to look
 * real. These have no equilibrium, and their makers minimise L.
 *
 * <p>The controller holds the ratio L(G(z)) / L(x) at γ. A small γ makes the discriminator
 * concentrate on reconstructing real samples: images are sharper and less diverse. A large γ makes
 * it concentrate on separating fakes. Each fake of each pair has its own equilibrium and its own k.
 *
 * <p>Watched values: {@code k}, the {@code balance} γ L(x) − L(G(z)), and the convergence measure
 * {@code convergence}, L(x) + |balance|. The measure falls as images improve, but it does not
 * detect lost modes: a generator of one perfect image has a low value. Watch a diversity metric as
 * well. With several fakes, their names are appended, as in {@code k-diffusion}.
 *
 * <p>Energies should be means over the pixels of data around zero. With sums, k would jump between
 * 0 and 1. If k stays at 0, the generator lags behind: raise γ or the generator's learning rate.
 */
@Component(
    kind = ComponentKind.LOSS,
    name = "boundary-equilibrium",
    summary = "BEGAN loss: a controller holds the ratio of fake to real reconstruction error",
    paper = "arXiv:1703.10717, section 3")
final class BoundaryEquilibriumLoss implements Loss {

  /** The equilibrium and its controller. */
  record Options(
      @Description("the diversity ratio gamma: the energy of fakes divided by that of real samples")
          @DefaultValue("0.5")
          @Positive @DecimalMax("1") double diversity,
      @Description("the proportional gain of k, lambda in the paper")
          @DefaultValue("0.001")
          @Positive double gain,
      @Description("the initial value of k") @DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double start,
      @Description(
              "the energy of a residual: mean-absolute as in the paper, mean-square,"
                  + " sum-of-squares or norm")
          @DefaultValue("mean-absolute")
          ReconstructionEnergy energy,
      @Description(
              "steps over which convergence is averaged: learning rates halve when a mean is"
                  + " not below the previous one; 0 leaves them alone")
          @DefaultValue("0")
          @PositiveOrZero int patience,
      @Description("the smallest factor on the learning rates")
          @DefaultValue("0.1")
          @Positive @DecimalMax("1") double floor) {}

  private final Options options;

  @Inject
  BoundaryEquilibriumLoss(Options options) {
    this.options = options;
  }

  @Override
  public void addTerms(AdversarialPair pair, Graph graph) {
    Signal real =
        meanEnergy(graph, options.energy.energySignal(graph, pair.discriminator(), pair.real()));
    List<FakeExample> trained =
        pair.fakes().stream().filter(f -> f.discriminatorWeight() != 0).toList();
    boolean alone = graph.pairs().size() == 1 && trained.size() == 1;
    for (FakeExample fake : pair.fakes()) {
      Signal generated =
          meanEnergy(
              graph, options.energy.energySignal(graph, pair.discriminator(), fake.example()));
      if (fake.generatorWeight() != 0) {
        fake.makers()
            .forEach(
                m -> graph.minimise(m, pair.termName(fake), fake.generatorWeight(), generated));
      }
      if (trained.contains(fake)) {
        balance(pair, fake, real, generated, graph, alone ? "" : "-" + pair.termName(fake));
      }
    }
    if (!pair.makers().isEmpty()) {
      Signal term = graph.map("real-example-loss", NDArray::neg, real);
      pair.makers().forEach(maker -> graph.minimise(maker, pair.name(), 1, term));
    }
  }

  private void balance(
      AdversarialPair pair,
      FakeExample fake,
      Signal real,
      Signal generated,
      Graph graph,
      String suffix) {
    ScalarState k = graph.state("k" + suffix, options.start);
    Signal term =
        graph.combine(
            "discriminator-loss",
            values -> discriminatorLoss(values.get(0), values.get(1), values.get(2)),
            real,
            generated,
            k.signal());
    graph.minimise(
        pair.discriminator().player(), pair.termName(fake), fake.discriminatorWeight(), term);
    Signal balance = graph.map("balance", this::balance, real, generated);
    Signal convergence = graph.map("convergence", (l, b) -> l.add(b.abs()), real, balance);
    k.setRule((value, signals) -> nextK(value, signals.get(0).getFloat()), balance);
    graph.watch("balance" + suffix, balance);
    graph.watch("convergence" + suffix, convergence);
    if (options.patience > 0) {
      Signal factor =
          new PlateauSchedule(options.patience, options.floor)
              .addFactor(graph, convergence, suffix);
      Set<String> players = new LinkedHashSet<>();
      players.add(pair.discriminator().player());
      if (fake.generatorWeight() != 0) {
        players.addAll(fake.makers());
      }
      players.forEach(player -> graph.scaleLearningRate(player, factor));
    }
  }

  private static Signal meanEnergy(Graph graph, Signal energies) {
    return graph.map("mean-energy", NDArray::mean, energies);
  }

  /** The loss of the discriminator, from scalars. */
  static NDArray discriminatorLoss(NDArray real, NDArray fake, NDArray k) {
    return real.sub(fake.mul(k));
  }

  /** γ L(x) − L(G(z)), from scalars. */
  NDArray balance(NDArray real, NDArray fake) {
    // A float, because a scalar times a double would give float64.
    return real.mul((float) options.diversity).sub(fake);
  }

  /** The value of k in the next step. */
  double nextK(double k, double balance) {
    return Math.min(1, Math.max(0, k + options.gain * balance));
  }
}
