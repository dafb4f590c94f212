package org.gantry.plugin.historicalaveraging;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Historical averaging. Each player also minimises the squared distance of its weights from the
 * mean of all their past values. So players that circle around an equilibrium spiral into it. The
 * mean starts with the initial weights and takes in one value after each update. It is part of
 * every checkpoint.
 *
 * <p>The authors' published code does not contain it. It contains a moving average of the weights
 * for sampling, which is {@code weight-averaging}.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "historical-averaging",
    summary = "Historical averaging: pulls the weights towards the mean of their past values",
    paper = "arXiv:1606.03498, section 3.3")
final class HistoricalAveraging implements Regularizer {

  private static final String NAME = "historical-averaging";

  /** The paper gives no weight; 1 is its formula. */
  record Options(
      @Description("the weight of the squared distance") @DefaultValue("1") @Positive double weight,
      @Description("the roles of the networks to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  HistoricalAveraging(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks =
        options.networks().isEmpty()
            ? graph.networks()
            : options.networks().stream().map(graph::network).toList();
    networks.forEach(n -> addPenalty(graph, n));
  }

  private void addPenalty(Graph graph, Network network) {
    List<WeightHistory> wrapped = new ArrayList<>();
    network.wrap(
        block -> {
          WeightHistory history = new WeightHistory(block);
          if (history.weightCount() == 0) {
            throw new UnusableComponentException(
                "the %s has no weights to average".formatted(network.role()));
          }
          wrapped.add(history);
          return history;
        });
    Signal distance =
        network.mapWeights(NAME, weights -> wrapped.get(0).squaredDistance(weights.getManager()));
    graph.minimise(network.player(), NAME, options.weight(), distance);
    network.afterUpdate(NAME, weights -> wrapped.get(0).updateMeans());
  }
}
