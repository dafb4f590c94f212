package org.gantry.testkit.contract;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
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
 * A small game whose networks take and give whatever they are asked for, so that a loss over
 * energies and a topology with conditions can be played as well as any other.
 *
 * @param composition the components; its networks are replaced as need be
 */
record AdaptiveGame(Composition composition) {

  /** The length of a trial. */
  static final int STEPS = 4;

  /** More ports than these no component asks for one after the other. */
  private static final int ATTEMPTS = 6;

  /** The tiny game with a loss and with regularizers. */
  static AdaptiveGame of(Loss loss, Regularizer... regularizers) {
    return new AdaptiveGame(TinyGame.of(loss, regularizers));
  }

  /** The same game on other data. */
  AdaptiveGame withDataset(Dataset dataset) {
    return with(
        new BoundComponent<>(dataset, composition.dataset().origin()), composition.topology());
  }

  /** The same game wired otherwise. */
  AdaptiveGame withTopology(Topology topology) {
    return with(
        composition.dataset(), new BoundComponent<>(topology, composition.topology().origin()));
  }

  private AdaptiveGame with(BoundComponent<Dataset> dataset, BoundComponent<Topology> topology) {
    return new AdaptiveGame(copy(dataset, topology, composition.networks()));
  }

  private Composition copy(
      BoundComponent<Dataset> dataset,
      BoundComponent<Topology> topology,
      Map<String, BoundComponent<Architecture>> networks) {
    return composition.withDataset(dataset).withTopology(topology).withNetworks(networks);
  }

  /**
   * Builds the graph, with networks of the ports that turn out to be wanted.
   *
   * @throws CompositionException if it does not fit whatever the networks are
   */
  TrainingGraph build() {
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(composition.networks());
    networks.replaceAll((kind, bound) -> any(bound.origin()));
    for (int attempt = 1; ; attempt++) {
      try {
        return TrainingGraph.build(copy(composition.dataset(), composition.topology(), networks));
      } catch (CompositionException e) {
        if (e.missing().isEmpty() || attempt == ATTEMPTS) {
          throw e;
        }
        CompositionException.MissingComponent missing = e.missing().get();
        networks.merge(missing.kind(), any(missing), AdaptiveGame::both);
      }
    }
  }

  private static BoundComponent<Architecture> any(CompositionException.MissingComponent missing) {
    return any(
        new ComponentOrigin(
            missing.kind(), "any", "1.0.0", "testkit", missing.takes(), missing.gives(), ""));
  }

  private static BoundComponent<Architecture> any(ComponentOrigin origin) {
    return new BoundComponent<>(site -> new AdaptiveNetwork(site, origin.gives()), origin);
  }

  /** What the later asks for, and whatever else the earlier gave. */
  private static BoundComponent<Architecture> both(
      BoundComponent<Architecture> earlier, BoundComponent<Architecture> later) {
    List<String> gives = new ArrayList<>(later.origin().gives());
    earlier.origin().gives().stream().filter(g -> !gives.contains(g)).forEach(gives::add);
    ComponentOrigin origin = later.origin();
    return any(
        new ComponentOrigin(
            origin.kind(),
            origin.name(),
            origin.version(),
            origin.bundle(),
            origin.takes(),
            gives,
            ""));
  }

  /** Trains for {@value #STEPS} steps; what each step reported. */
  static List<Map<String, Double>> train(TrainingGraph graph) {
    List<Map<String, Double>> reported = new ArrayList<>();
    try (Session session = Session.open(graph)) {
      for (int i = 0; i < STEPS; i++) {
        reported.add(session.step());
      }
    }
    return reported;
  }

  /** Fails unless everything that a short training reports is finite. */
  static void requireFinite(TrainingGraph graph) {
    for (Map<String, Double> step : train(graph)) {
      step.forEach(
          (name, value) ->
              ContractAssertions.require(Double.isFinite(value), "%s becomes %s", name, value));
    }
  }

  /** Fails unless two trainings under one seed report the same numbers. */
  static void requireRepeatable(TrainingGraph first, TrainingGraph second) {
    List<Map<String, Double>> numbers = train(first);
    List<Map<String, Double>> again = train(second);
    for (int i = 0; i < STEPS; i++) {
      ContractAssertions.require(
          numbers.get(i).equals(again.get(i)),
          "step %d reports %s, and %s in another training under the same seed",
          i,
          numbers.get(i),
          again.get(i));
    }
  }

  /** The misfit at the bottom of a refusal, if it is one that says why. */
  static String reasonOf(CompositionException refusal) {
    if (refusal.getCause() instanceof UnusableComponentException misfit) {
      return misfit.getMessage();
    }
    throw refusal;
  }

  /** Shapes for ports that nobody says anything about. */
  static Shape typicalShape(String port) {
    return switch (port) {
      case "score", "energy" -> new Shape(1);
      default -> new Shape(3);
    };
  }
}
