package org.gantry.provisioning;

import java.util.List;
import java.util.OptionalInt;

/**
 * A change that somebody asks for. Plugins that are installed are named by their symbolic name or
 * its last part, and where several versions are there by {@code NAME@VERSION}.
 */
public sealed interface ChangeRequest {

  /**
   * Plugins to add, each a jar's path, or a name or a name with versions such as {@code
   * layer-noise@[1.2,2)} to be looked for in repositories. One that is there in another version is
   * replaced.
   */
  record InstallRequest(List<String> sources, InstallPolicy policy) implements ChangeRequest {
    /** Copies the list. */
    public InstallRequest {
      sources = List.copyOf(sources);
    }
  }

  /** Plugins to replace by their newest version; all that are not pinned if none is named. */
  record UpdateRequest(List<String> names, InstallPolicy policy) implements ChangeRequest {
    /** Copies the list. */
    public UpdateRequest {
      names = List.copyOf(names);
    }
  }

  /** Plugins to take away. */
  record RemoveRequest(List<String> names) implements ChangeRequest {
    /** Copies the list. */
    public RemoveRequest {
      names = List.copyOf(names);
    }
  }

  /** Plugins to switch on or off; what was quarantined gets another chance when switched on. */
  record EnableRequest(List<String> names, boolean enabled) implements ChangeRequest {
    /** Copies the list. */
    public EnableRequest {
      names = List.copyOf(names);
    }
  }

  /** Plugins that updates are to leave alone, or no longer. */
  record PinRequest(List<String> names, boolean pinned) implements ChangeRequest {
    /** Copies the list. */
    public PinRequest {
      names = List.copyOf(names);
    }
  }

  /** The way back to an earlier generation; to the one before if none is named. */
  record RollbackRequest(OptionalInt generation) implements ChangeRequest {}

  /**
   * How plugins may come in.
   *
   * @param allowUnsigned whether a jar may be installed that no trusted signer vouches for
   * @param sideBySide whether other versions of the same plugin stay
   * @param offline whether the network must be left alone
   * @param repositories addresses or folders to look in besides those that are known
   */
  record InstallPolicy(
      boolean allowUnsigned, boolean sideBySide, boolean offline, List<String> repositories) {

    /** The terms of somebody who says nothing about them. */
    public static final InstallPolicy DEFAULT = new InstallPolicy(false, false, false, List.of());

    /** The terms of somebody who wants to know what is at hand, without asking the network. */
    public static final InstallPolicy OFFLINE = new InstallPolicy(false, false, true, List.of());

    /** Copies the list. */
    public InstallPolicy {
      repositories = List.copyOf(repositories);
    }
  }
}
