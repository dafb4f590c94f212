package org.gantry.provisioning;

import java.util.List;

/**
 * What repositories have.
 *
 * @param plugins the plugins, by repository
 * @param notes which repositories were not asked and why, a sentence each without a full stop
 */
public record RepositoryListing(List<PluginOffer> plugins, List<String> notes) {

  /** Copies the lists. */
  public RepositoryListing {
    plugins = List.copyOf(plugins);
    notes = List.copyOf(notes);
  }
}
