package org.gantry.topology;

import org.gantry.component.ComponentKind;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.ConditionPlace;

/**
 * The network that turns a label or a text into numbers, which other networks take at their port
 * {@code condition}.
 *
 * @param network the network
 * @param given the label or the text of the data
 */
public record ConditionEncoder(Network network, Signal given) {

  /**
   * Declares the network, which learns with another one. A recipe names its architecture by the
   * role, or as {@code networks.condition}.
   *
   * @param role the role, such as {@code generator-condition}
   * @param field a label or a text of the main draw
   * @param learner the network whose player updates it; it takes the condition as a further input
   * @throws org.gantry.component.UnusableComponentException if the data have no such field
   */
  public static ConditionEncoder of(Graph graph, String role, String field, Network learner) {
    Signal given = graph.real(field);
    Network network =
        graph
            .network(role, ComponentKind.CONDITION)
            .takes(given.type() == ValueType.TEXT ? "text" : "label", given);
    graph.assignPlayer(learner.player(), learner, network);
    ConditionEncoder encoder = new ConditionEncoder(network, given);
    learner.takes(ConditionPlace.PORT, encoder.condition());
    return encoder;
  }

  /** The condition of each sample, in numbers. */
  public Signal condition() {
    return condition(given);
  }

  /**
   * The numbers for other labels or texts.
   *
   * @param asked such as the field of other samples
   */
  public Signal condition(Signal asked) {
    return network.apply(asked).get(ConditionPlace.PORT);
  }
}
