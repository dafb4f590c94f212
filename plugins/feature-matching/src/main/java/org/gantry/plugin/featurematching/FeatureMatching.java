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
 * The generator makes fakes whose features, as the discriminator sees them, have the mean that
 * those of real samples have, instead of trying to pass for real. The discriminator is trained as
 * ever.
 *
 * <p>Means are taken over the batch, so small batches give noisy targets: 64 samples or more. The
 * authors' programs differ from the paper, and from each other, in how they measure the distance;
 * the measures differ in size by the number of features, so the weight has to go with them.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "feature-matching",
    summary = "The generator matches the mean of the discriminator's features on real samples",
    paper = "arXiv:1606.03498, section 3.1")
final class FeatureMatching implements Regularizer {

  private static final String NAME = "feature-matching";

  /** The port that features are read from. */
  private static final String FEATURES = "features";

  /** The defaults are the paper's. */
  record Options(
      @Description("how much the distance counts") @DefaultValue("1") @Positive double weight,
      @Description("whether the generator keeps its adversarial term beside this one")
          @DefaultValue("false")
          boolean keepAdversarial,
      @Description(
              "squared-norm (of the paper), mean-square or mean-absolute (of the authors' programs"
                  + " for MNIST and CIFAR-10)")
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
    // Whoever makes a part of the real example draws near from the other side.
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
