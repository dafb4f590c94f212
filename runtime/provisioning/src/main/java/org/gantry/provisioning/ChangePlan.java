package org.gantry.provisioning;

import java.util.List;

/** A change that has been verified and resolved, and not made. */
public interface ChangePlan extends AutoCloseable {

  /** The generation that it starts from. */
  int fromGeneration();

  /** What it does, in a few words. */
  String action();

  /** Bundles that come in. */
  List<PluginChange> incoming();

  /** Bundles that go out. */
  List<PluginChange> outgoing();

  /** What else changes, one line each, such as {@code org.acme.loss 1.0.0 is pinned}. */
  List<String> settingChanges();

  /**
   * What whoever asked is to know besides: repositories that were not asked, plugins that stay as
   * they are. A sentence each, without a full stop.
   */
  List<String> notes();

  /** Who takes something from whom afterwards and does not now, and the other way round. */
  List<String> wiringChanges();

  /** The trainings that use a bundle that goes out; such a plan is not carried out. */
  List<String> blockingRuns();

  /** Whether it changes nothing at all. */
  boolean isEmpty();

  /** Removes what was fetched for the plan. */
  @Override
  void close();

  /**
   * A bundle that comes or goes.
   *
   * @param name its symbolic name
   * @param version its version
   * @param sha256 the hash of its jar
   * @param source where it comes from
   * @param signature who signed it and whether that means anything, in words
   * @param components what it contributes, as {@code kind/name}
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
  }
}
