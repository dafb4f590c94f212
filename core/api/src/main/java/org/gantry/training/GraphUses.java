package org.gantry.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;

/** The uses of a graph: those that its topology states, or else those that its pairs imply. */
final class GraphUses {

  private GraphUses() {}

  /**
   * The uses of a graph.
   *
   * @param stated the uses that components state
   * @return the stated uses, or one for each network that makes a fake like the real example of its
   *     pair, named after the network; empty if there is neither
   */
  static List<GraphUse> of(List<GraphUse> stated, List<AdversarialPair> pairs) {
    if (!stated.isEmpty()) {
      return List.copyOf(stated);
    }
    Map<String, GraphUse> implied = new LinkedHashMap<>();
    for (AdversarialPair pair : pairs) {
      NodeOutput real = (NodeOutput) pair.real().signals().get(0);
      for (FakeExample fake : pair.fakes()) {
        NodeOutput made = (NodeOutput) fake.example().signals().get(0);
        String role = made.node().role();
        if (made.node().type() == NodeType.NETWORK && made.shape().equals(real.shape())) {
          implied.putIfAbsent(role, new GraphUse(role, made, Optional.empty()));
        }
      }
    }
    return new ArrayList<>(implied.values());
  }
}
