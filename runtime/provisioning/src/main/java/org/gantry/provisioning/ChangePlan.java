package org.gantry.provisioning;

import java.util.List;

/** A change that was verified and resolved, but not executed. */
public interface ChangePlan extends AutoCloseable {

  /** The generation that the plan changes. */
  int fromGeneration();

  /** The change in a few words. */
  String action();

  /** The bundles to add. */
  List<PluginChange> incoming();

  /** The bundles to remove. */
  List<PluginChange> outgoing();

  /** The settings to change, one line each, such as {@code org.acme.loss 1.0.0 is pinned}. */
  List<String> settingChanges();

  /**
   * Notes for the user, such as skipped repositories or pinned plugins; one sentence each, without
   * a full stop.
   */
  List<String> notes();

  /**
   * The wires between bundles to add and remove, such as {@code + org.acme.loss 1.0.0 ->
   * org.gantry.api 0.1.0}.
   */
  List<String> wiringChanges();

  /** The running trainings that use a plugin to remove. They block the execution of the plan. */
  List<String> blockingRuns();

  /** Whether the plan changes nothing. */
  boolean isEmpty();

  /** Removes the files that were downloaded for the plan. */
  @Override
  void close();

  /**
   * A bundle to add or remove.
   *
   * @param name its symbolic name
   * @param version its version
   * @param sha256 the hash of its jar, in hexadecimal
   * @param source the file, repository or Maven artifact that it comes from
   * @param signature who signed the jar and whether the user trusts the signer, in words
   * @param components its components, as {@code kind/name}
   */
  record PluginChange(
      String name,
      String version,
      String sha256,
      String source,
      String signature,
      List<String> components) {

    /** Copies the list. */
    public PluginChange {
      components = List.copyOf(components);
    }

    /** The name and the version. */
    public String id() {
      return name + " " + version;
    }
  }
}
