package org.gantry.host;

/**
 * The trial of a change of plugins. It replaces the command of a process that another Gantry
 * started with {@link #VARIABLE}. The bundle for provisioning registers it as a service then.
 */
public interface StartTrial {

  /** The environment variable with the file that says what to try. */
  String VARIABLE = "GANTRY_TRIAL";

  /** Checks the plugins after their start, and writes the result for the other process. */
  void finish();
}
