package org.gantry.optimizer;

import java.util.List;

/** A rule that moves parameters against their gradients. One instance serves one player. */
public interface Optimizer {

  /** The names of the arrays that the rule keeps per parameter, such as {@code m} and {@code v}. */
  List<String> slots();

  /** Moves the parameters in place, with gradient recording off. Must not keep any array. */
  void update(ParameterUpdate update);
}
