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
 * The loss of boundary equilibrium GANs. With L the mean energy that the discriminator, an
 * autoencoder, gives a batch, γ the diversity ratio and k, carried from step to step and starting
 * at 0, the share of the fakes in the discriminator's loss:
 *
 * <pre>
 * discriminator  L(x) − k L(G(z))
 * generator      L(G(z))
 * maker of x     −L(x), where a topology has one
 * next k         k + λ (γ L(x) − L(G(z))), kept in [0, 1]
 * </pre>
 *
 * <p>Of fakes that the discriminator does not learn from, such as reconstructions that are merely
 * to look real, there is no equilibrium to hold: their makers minimise L, and that is all.
 *
 * <p>So the ratio L(G(z)) / L(x) is held at γ: a small one makes the discriminator care for
 * reproducing what is real, which is sharper and less diverse; a large one, for telling fakes
 * apart. An equilibrium is one fake's of one pair: with several there are as many k.
 *
 * <p>Watched: {@code k}, the {@code balance} γ L(x) − L(G(z)), and the measure of {@code
 * convergence}, L(x) + |balance|. The last falls while pictures get better, but it does not see
 * lost modes: a generator of one perfect image has a low one. Watch a figure of diversity beside
 * it. Where there are several fakes, their names are appended, as in {@code k-diffusion}.
 *
 * <p>Energies should be means over pixels of data around zero: of sums, k would jump between 0 and
 * 1. If k stays at 0, the generator lags behind; raise γ or the generator's learning rate.
 */
@Component(
    kind = ComponentKind.LOSS,
    name = "boundary-equilibrium",
    summary = "Autoencoder losses of real and generated samples, held at a ratio by a controller",
    paper = "arXiv:1703.10717, section 3")
final class BoundaryEquilibriumLoss implements Loss {

  /** What can be set. */
  record Options(
      @Description(
              "the diversity ratio gamma, between the energy of fakes and that of real samples")
          @DefaultValue("0.5")
          @Positive
          @DecimalMax("1")
          double diversity,
      @Description("how fast k follows the balance, lambda in the paper")
          @DefaultValue("0.001")
          @Positive
          double gain,
      @Description("where k starts") @DefaultValue("0") @DecimalMin("0") @DecimalMax("1")
          double start,
      @Description(
              "the energy of a residual: mean-absolute as in the paper, mean-square,"
                  + " sum-of-squares, norm")
          @DefaultValue("mean-absolute")
          ReconstructionEnergy energy,
      @Description(
              "steps over which convergence is averaged: learning rates halve when a mean is not"
                  + " below the one before it; 0 to leave them alone")
          @DefaultValue("0")
          @PositiveOrZero
          int patience,
      @Description(
              "the least that learning rates can fall to, as a share of what the optimizer has")
          @DefaultValue("0.1")
          @Positive
          @DecimalMax("1")
          double floor) {}

  private final Options options;

  @Inject
  BoundaryEquilibriumLoss(Options options) {
    this.options = options;
  }

  @Override
  public void addTerms(AdversarialPair pair, Graph graph) {
    Signal real =
        meanEnergy(graph, options.energy.energySignal(graph, pair.discriminator(), pair.real()));
    List<FakeExample> judged =
        pair.fakes().stream().filter(f -> f.discriminatorWeight() != 0).toList();
    boolean alone = graph.pairs().size() == 1 && judged.size() == 1;
    for (FakeExample fake : pair.fakes()) {
      Signal generated =
          meanEnergy(
              graph, options.energy.energySignal(graph, pair.discriminator(), fake.example()));
      if (fake.generatorWeight() != 0) {
        fake.makers()
            .forEach(
                m -> graph.minimise(m, pair.termName(fake), fake.generatorWeight(), generated));
      }
      if (judged.contains(fake)) {
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

  /** What the discriminator minimises, of scalars. */
  static NDArray discriminatorLoss(NDArray real, NDArray fake, NDArray k) {
    return real.sub(fake.mul(k));
  }

  /** γ L(x) − L(G(z)), of scalars. */
  NDArray balance(NDArray real, NDArray fake) {
    // A float, because a scalar times a double would become float64.
    return real.mul((float) options.diversity).sub(fake);
  }

  /** k of the next step. */
  double nextK(double k, double balance) {
    return Math.min(1, Math.max(0, k + options.gain * balance));
  }
}
