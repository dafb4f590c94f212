package org.gantry.serving;

import java.util.List;
import org.gantry.runs.samples.SampleSource;

/** Where the networks of a served model come from. One thread at a time calls a location. */
public interface ModelLocation {

  /** Networks, with what the user should know about them as sentences. */
  record OpenedModel(SampleSource source, List<String> notes) {}

  /** Returns the name of the model in addresses: letters, digits, dots, hyphens, underscores. */
  String name();

  /** Returns the folder or file, for people. */
  String label();

  /**
   * Returns a text that differs if newer networks are there. It does not read them.
   *
   * @throws RuntimeException if the location cannot be read
   */
  String version();

  /**
   * Opens the newest networks that are intact. The calling thread is the one that uses them.
   *
   * @throws RuntimeException if there are none
   */
  OpenedModel open();

  /**
   * Opens the newest networks.
   *
   * @throws RuntimeException if they are damaged
   */
  OpenedModel openNewest();
}
