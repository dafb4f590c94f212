package org.gantry.provisioning;

import java.util.List;
import java.util.OptionalInt;

/**
 * A change of the plugins. Requests name installed plugins by their symbolic name or its last part,
 * or by {@code NAME@VERSION} if several versions are installed.
 */
public sealed interface ChangeRequest {

  /**
   * Installs plugins. An installed plugin of the same name is replaced.
   *
   * @param sources for each plugin a jar's path, Maven coordinates, or a name in a repository,
   *     which may have versions such as {@code layer-noise@[1.2,2)}
   */
  record InstallRequest(List<String> sources, InstallPolicy policy) implements ChangeRequest {
    /** Copies the list. */
    public InstallRequest {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Replaces plugins by their newest versions.
   *
   * @param names the plugins; if empty, all that are not pinned
   */
  record UpdateRequest(List<String> names, InstallPolicy policy) implements ChangeRequest {
    /** Copies the list. */
    public UpdateRequest {
      names = List.copyOf(names);
    }
  }

  /** Removes plugins. */
  record RemoveRequest(List<String> names) implements ChangeRequest {
    /** Copies the list. */
    public RemoveRequest {
      names = List.copyOf(names);
    }
  }

  /** Enables or disables plugins. Enabling also releases them from quarantine. */
  record EnableRequest(List<String> names, boolean enabled) implements ChangeRequest {
    /** Copies the list. */
    public EnableRequest {
      names = List.copyOf(names);
    }
  }

  /** Pins plugins, so that updates skip them, or unpins them. */
  record PinRequest(List<String> names, boolean pinned) implements ChangeRequest {
    /** Copies the list. */
    public PinRequest {
      names = List.copyOf(names);
    }
  }

  /**
   * Returns to an earlier generation.
   *
   * @param generation its number; if empty, the previous one
   */
  record RollbackRequest(OptionalInt generation) implements ChangeRequest {}

  /**
   * How plugins may be installed.
   *
   * @param allowUnsigned whether a jar without a trusted voucher may be installed
   * @param sideBySide whether other versions of the same plugin stay
   * @param offline whether the network must not be used
   * @param repositories addresses or folders to search in addition to the added repositories
   */
  record InstallPolicy(
      boolean allowUnsigned, boolean sideBySide, boolean offline, List<String> repositories) {

    /** The policy of a request without options. */
    public static final InstallPolicy DEFAULT = new InstallPolicy(false, false, false, List.of());

    /** The default policy without the network. */
    public static final InstallPolicy OFFLINE = new InstallPolicy(false, false, true, List.of());

    /** Copies the list. */
    public InstallPolicy {
      repositories = List.copyOf(repositories);
    }
  }
}
