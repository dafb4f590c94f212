package org.gantry.graph;

import org.osgi.annotation.versioning.ProviderType;

/** What one application of a network gives. */
@ProviderType
public interface NetworkOutputs {

  /**
   * The signal at an output port. Asking is what makes the port needed: an architecture that does
   * not give it is refused.
   */
  Signal get(String port);
}
