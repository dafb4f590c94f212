package org.gantry.graph;

import org.osgi.annotation.versioning.ProviderType;

/** The outputs of one application of a network. */
@ProviderType
public interface NetworkOutputs {

  /**
   * The signal at an output port. The call makes the port required: the composition fails if the
   * architecture does not give it.
   */
  Signal get(String port);
}
