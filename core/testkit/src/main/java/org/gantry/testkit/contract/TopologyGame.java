package org.gantry.testkit.contract;

import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.regularizer.Regularizer;
import org.gantry.topology.Topology;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;

/** A small game around a topology, for tests of what the topology wires. */
public final class TopologyGame {

  private TopologyGame() {}

  /**
   * Builds the training graph of a topology with the cross-entropy loss. Each network has one
   * hidden layer and the ports that the topology needs.
   *
   * @param data the data set of each draw, such as {@link ObligingDataset}
   * @param regularizers edit the graph in their order
   * @throws CompositionException if a component refuses the game
   */
  public static TrainingGraph build(
      Topology topology, Map<String, Dataset> data, Regularizer... regularizers) {
    return AdaptiveGame.of(new CrossEntropyLoss(), regularizers)
        .withTopology(topology)
        .withDatasets(data)
        .build();
  }
}
