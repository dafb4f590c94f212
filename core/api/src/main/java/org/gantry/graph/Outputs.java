package org.gantry.graph;

/** What one application of a network gives. */
public interface Outputs {

  /**
   * The signal at an output port. Asking is what makes the port needed: an architecture that does
   * not give it is refused.
   */
  Signal get(String port);
}
