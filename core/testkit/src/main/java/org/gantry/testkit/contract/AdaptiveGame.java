package org.gantry.testkit.contract;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.loss.Loss;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TinyGame;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/**
 * A small game whose networks have the ports that the other components need. It can train a loss
 * over energies or a topology with conditions like any other component.
 *
 * @param composition the components; {@link #build} replaces its networks
 */
record AdaptiveGame(Composition composition) {

  /** The number of steps of a training. */
  static final int STEPS = 4;

  /** The ports of a discriminator with a head. */
  private static final List<String> SCORED = List.of("score", "features");

  /** The number of attempts to build the graph; each adds the ports that the last one lacked. */
  private static final int ATTEMPTS = 30;

  /** Creates a {@link TinyGame} with a loss and with regularizers. */
  static AdaptiveGame of(Loss loss, Regularizer... regularizers) {
    return new AdaptiveGame(TinyGame.of(loss, regularizers));
  }

  AdaptiveGame withDatasets(Map<String, Dataset> datasets) {
    Map<String, BoundComponent<Dataset>> bound = new LinkedHashMap<>();
    datasets.forEach(
        (draw, data) ->
            bound.put(draw, new BoundComponent<>(data, composition.dataset().origin())));
    return new AdaptiveGame(composition.withDatasets(bound));
  }

  AdaptiveGame withTopology(Topology topology) {
    return new AdaptiveGame(
        composition.withTopology(new BoundComponent<>(topology, composition.topology().origin())));
  }

  /**
   * Builds the graph. Creates networks with the ports that the components need. Networks that
   * components refuse get a batch normalisation, and the discriminators of them a head.
   *
   * @throws CompositionException if the components are incompatible with any networks
   */
  TrainingGraph build() {
    try {
      return build(false);
    } catch (CompositionException plain) {
      try {
        return build(true);
      } catch (CompositionException layered) {
        plain.addSuppressed(layered);
        throw plain;
      }
    }
  }

  private TrainingGraph build(boolean layered) {
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(composition.networks());
    networks.replaceAll((kind, bound) -> adaptive(bound.origin(), layered));
    for (int attempt = 1; ; attempt++) {
      try {
        return TrainingGraph.build(composition.withNetworks(networks));
      } catch (CompositionException e) {
        if (e.missing().isEmpty() || attempt == ATTEMPTS) {
          throw e;
        }
        CompositionException.MissingComponent missing = e.missing().get();
        BoundComponent<Architecture> before =
            networks.getOrDefault(missing.role(), networks.get(missing.kind()));
        List<String> gives = new ArrayList<>();
        if (before != null) {
          gives.addAll(before.origin().gives());
        }
        missing.gives().stream().filter(port -> !gives.contains(port)).forEach(gives::add);
        networks.put(
            missing.role(), adaptive(origin(missing.kind(), missing.takes(), gives), layered));
      }
    }
  }

  private static BoundComponent<Architecture> adaptive(ComponentOrigin origin, boolean layered) {
    boolean headed =
        layered
            && origin.kind().equals(ComponentKind.DISCRIMINATOR)
            && SCORED.containsAll(origin.gives());
    return headed
        ? new BoundComponent<>(
            site -> AdaptiveNetwork.headed(), origin(origin.kind(), origin.takes(), SCORED))
        : new BoundComponent<>(site -> AdaptiveNetwork.of(site, origin.gives(), layered), origin);
  }

  private static ComponentOrigin origin(String kind, List<String> takes, List<String> gives) {
    return new ComponentOrigin(kind, "adaptive", "1.0.0", "testkit", takes, gives, "");
  }

  /** Trains for {@value #STEPS} steps. Returns the values that each step reported. */
  static List<Map<String, Double>> train(TrainingGraph graph) {
    List<Map<String, Double>> reported = new ArrayList<>();
    try (Session session = Session.open(graph)) {
      for (int i = 0; i < STEPS; i++) {
        reported.add(session.step());
      }
    }
    return reported;
  }

  /**
   * Returns why a component refused the game.
   *
   * @throws CompositionException the given one, if no component refused the game
   */
  static String reasonOf(CompositionException refusal) {
    if (refusal.getCause() instanceof UnusableComponentException unusable) {
      return unusable.getMessage();
    }
    throw refusal;
  }

  /** Returns the shape of an output port whose shape the topology does not determine. */
  static Shape typicalShape(String port) {
    return switch (port) {
      case "score", "energy" -> new Shape(1);
      case UntrainedGame.CLASSES -> new Shape(TypicalDatasets.CLASSES.size());
      default -> new Shape(3);
    };
  }
}
