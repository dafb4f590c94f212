package org.gantry.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Signal;

/** The pairs, terms, learning rates and watched values of a graph under construction. */
final class GameRules {

  private final BuildContext context;
  private final List<AdversarialPair> pairs = new ArrayList<>();
  private final List<PairRevision> revisions = new ArrayList<>();
  private final List<GraphUse> uses = new ArrayList<>();
  private final List<LossTerm> terms = new ArrayList<>();
  private final List<WatchedValue> watches = new ArrayList<>();
  private final List<RateFactor> rateFactors = new ArrayList<>();

  /** A change of a pair, applied before the loss plays it. */
  private record PairRevision(
      String pair, UnaryOperator<AdversarialPair> function, ComponentOrigin contributor) {}

  GameRules(BuildContext context) {
    this.context = context;
  }

  List<AdversarialPair> pairs() {
    return pairs;
  }

  List<LossTerm> terms() {
    return terms;
  }

  List<WatchedValue> watches() {
    return watches;
  }

  List<RateFactor> rateFactors() {
    return rateFactors;
  }

  void addPair(AdversarialPair pair) {
    if (pairs.stream().anyMatch(p -> p.name().equals(pair.name()))) {
      throw new UnusableComponentException("it states two adversarial pairs named " + pair.name());
    }
    pairs.add(pair);
  }

  void revisePair(String name, UnaryOperator<AdversarialPair> revision) {
    if (pairs.stream().noneMatch(p -> p.name().equals(name))) {
      throw new UnusableComponentException(
          "the topology states no adversarial pair %s; it states %s"
              .formatted(
                  name, String.join(", ", pairs.stream().map(AdversarialPair::name).toList())));
    }
    revisions.add(new PairRevision(name, revision, context.contributor()));
  }

  /** Applies the revisions, once all components have seen the pairs as the topology stated them. */
  void applyRevisions() {
    for (PairRevision revision : revisions) {
      context.contribute(
          revision.contributor(),
          () ->
              pairs.replaceAll(
                  p -> p.name().equals(revision.pair()) ? revision.function().apply(p) : p));
    }
    revisions.clear();
  }

  List<GraphUse> uses() {
    return uses;
  }

  void addUse(GraphUse use) {
    if (uses.stream().anyMatch(u -> u.name().equals(use.name()))) {
      throw new UnusableComponentException("it states two uses named " + use.name());
    }
    uses.add(use);
  }

  /** What the outputs of uses should be, for those with a counterpart. */
  Map<Signal, Signal> counterparts() {
    Map<Signal, Signal> counterparts = new LinkedHashMap<>();
    uses.forEach(use -> use.counterpart().ifPresent(it -> counterparts.put(use.output(), it)));
    return counterparts;
  }

  void minimise(String player, String name, double weight, Signal signal) {
    requireScalar("the term %s of the %s".formatted(name, player), signal);
    int count = context.countName(player + "/" + name);
    terms.add(
        LossTerm.of(
            player,
            count == 1 ? name : name + "-" + count,
            weight,
            (NodeOutput) signal,
            context.contributor()));
  }

  void scaleLearningRate(String player, Signal factor) {
    requireScalar("the factor of the learning rate of the " + player, factor);
    rateFactors.add(new RateFactor(player, (NodeOutput) factor, context.contributor()));
  }

  void watch(String name, Signal signal) {
    requireScalar("the watched value " + name, signal);
    watches.add(new WatchedValue(name, (NodeOutput) signal));
  }

  private static void requireScalar(String subject, Signal signal) {
    if (signal.shape().dimension() != 0) {
      throw new UnusableComponentException(
          "%s must be a scalar, but has shape %s".formatted(subject, signal.shape()));
    }
  }
}
