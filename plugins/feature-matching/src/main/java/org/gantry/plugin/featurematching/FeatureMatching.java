package org.gantry.plugin.featurematching;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Feature matching. The generator makes fakes whose mean discriminator features equal those of real
 * samples. By default this replaces its adversarial term. The discriminator is trained as before.
 *
 * <p>Means are over the batch, so small batches give noisy targets: use at least 64 samples. The
 * authors' programs measure the distance in other ways than the paper. The distances differ by a
 * factor of the number of features, so the weight depends on the choice.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "feature-matching",
    summary =
        "Feature matching: the generator matches the mean of the discriminator's" + " features",
    paper = "arXiv:1606.03498, section 3.1")
final class FeatureMatching implements Regularizer {

  private static final String NAME = "feature-matching";

  /** The discriminator output that holds the features. */
  private static final String FEATURES = "features";

  /** The defaults are those of the paper. */
  record Options(
      @Description("the weight of the distance") @DefaultValue("1") @Positive double weight,
      @Description("whether the generator also keeps its adversarial term") @DefaultValue("false")
          boolean keepAdversarial,
      @Description(
              "squared-norm as in the paper, or mean-square or mean-absolute as in the"
                  + " authors' code for MNIST and CIFAR-10")
          @DefaultValue("squared-norm")
          FeatureDistance distance,
      @Description("the roles of the discriminators whose features to match; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  FeatureMatching(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    boolean matched = false;
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      for (FakeExample fake : pair.fakes()) {
        if (fake.generatorWeight() != 0 && !fake.makers().isEmpty()) {
          addTerm(graph, pair, fake);
          matched = true;
        }
      }
      if (!options.keepAdversarial()) {
        graph.revisePair(pair.name(), FeatureMatching::withoutAdversarialTerm);
      }
    }
    if (!matched) {
      throw new UnusableComponentException("no player makes fakes whose features could be matched");
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, FakeExample fake) {
    Signal real = pair.discriminator().apply(pair.real()).get(FEATURES);
    Signal made = pair.discriminator().apply(fake.example()).get(FEATURES);
    Signal distance = graph.map(NAME, options.distance()::between, real, made);
    // A player that makes a part of the real example matches from the other side.
    Stream.concat(fake.makers().stream(), pair.makers().stream())
        .distinct()
        .forEach(
            maker ->
                graph.minimise(maker, NAME, options.weight() * fake.generatorWeight(), distance));
  }

  private static AdversarialPair withoutAdversarialTerm(AdversarialPair pair) {
    return new AdversarialPair(
        pair.name(),
        pair.discriminator(),
        pair.real(),
        List.of(),
        pair.fakes().stream().map(f -> f.withGeneratorWeight(0)).toList());
  }
}
