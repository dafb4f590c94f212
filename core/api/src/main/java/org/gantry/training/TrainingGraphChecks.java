package org.gantry.training;

import java.util.List;
import org.gantry.graph.AdversarialPair;

/** Checks that a graph can be trained. Every check throws a {@link CompositionException}. */
final class TrainingGraphChecks {

  private final TrainingGraph graph;
  private final Composition composition;

  TrainingGraphChecks(TrainingGraph graph) {
    this.graph = graph;
    this.composition = graph.composition();
  }

  /** Checks that there is a pair, or else a use and a term, and that every role is applied. */
  static void requireApplications(Composition composition, GraphBuilder builder) {
    ComponentOrigin topology = composition.topology().origin();
    boolean trainsWithoutGame =
        !builder.rules().uses().isEmpty() && !builder.rules().terms().isEmpty();
    if (builder.pairs().isEmpty() && !trainsWithoutGame) {
      throw new CompositionException(
          topology.label()
              + " states no adversarial pair, nor a term together with a use of its networks",
          List.of(topology));
    }
    for (NetworkRole role : builder.roles().values()) {
      if (role.block() == null) {
        throw new CompositionException(
            "%s declares a role %s, but no component applies it"
                .formatted(topology.label(), role.role()),
            List.of(topology, role.origin()));
      }
    }
  }

  /** Checks that every setup and every loss of a pair belongs to something in the graph. */
  static void requireKnownNames(Composition composition, GraphBuilder builder) {
    ComponentOrigin topology = composition.topology().origin();
    List<String> pairs = builder.pairs().stream().map(AdversarialPair::name).toList();
    composition
        .pairLosses()
        .forEach(
            (pair, loss) -> {
              if (!pairs.contains(pair)) {
                throw new CompositionException(
                    "%s has no adversarial pair %s; it has %s"
                        .formatted(topology.label(), pair, String.join(", ", pairs)),
                    List.of(loss.origin(), topology));
              }
            });
    for (String role : composition.setups().keySet()) {
      if (!builder.roles().containsKey(role)) {
        throw new CompositionException(
            "%s has no role %s that could start from other weights; it has %s"
                .formatted(topology.label(), role, String.join(", ", builder.roles().keySet())),
            List.of(topology));
      }
    }
  }

  void run() {
    requirePlayersOfTerms();
    requirePlayersOfRates();
    requireTermsThatReachNetworks();
    requirePlayersOfUpdates();
    requireDependentGradients();
  }

  private String players() {
    return String.join(", ", graph.players());
  }

  private void requirePlayersOfTerms() {
    for (LossTerm term : graph.terms()) {
      if (!graph.players().contains(term.player())) {
        throw new CompositionException(
            "%s adds the term %s to a player %s, but the players are %s"
                .formatted(term.contributor().label(), term.name(), term.player(), players()),
            List.of(term.contributor()));
      }
    }
  }

  private void requirePlayersOfRates() {
    for (RateFactor rate : graph.rateFactors()) {
      if (!graph.players().contains(rate.player())) {
        throw new CompositionException(
            "%s scales the learning rate of a player %s, but the players are %s"
                .formatted(rate.contributor().label(), rate.player(), players()),
            List.of(rate.contributor()));
      }
    }
  }

  private void requireTermsThatReachNetworks() {
    for (NetworkRole role : graph.networks()) {
      if (role.isFrozen()) {
        continue;
      }
      boolean reached =
          graph.terms(role.player()).stream()
              .anyMatch(t -> graph.dependencies().networks(t.scalar().node()).contains(role));
      if (!reached) {
        throw new CompositionException(
            "no term of the player %s reaches the %s, so it would never learn; freeze it if it should not"
                .formatted(role.player(), role.role()),
            List.of(composition.loss().origin(), composition.topology().origin(), role.origin()));
      }
    }
  }

  private void requirePlayersOfUpdates() {
    for (String player : composition.updates().keySet()) {
      if (!graph.players().contains(player)) {
        throw new CompositionException(
            "there is no player %s; the players are %s".formatted(player, players()),
            List.of(composition.topology().origin()));
      }
    }
  }

  private void requireDependentGradients() {
    for (GraphNode node : graph.sortedNodes()) {
      if (node.type() == NodeType.GRADIENT && graph.dependencies().gradientSpan(node).isEmpty()) {
        throw new CompositionException(
            "%s takes the gradient of %s with respect to %s, on which it does not depend"
                .formatted(
                    node.contributor().label(), node.arguments().get(0), node.arguments().get(1)),
            List.of(node.contributor()));
      }
    }
  }
}
