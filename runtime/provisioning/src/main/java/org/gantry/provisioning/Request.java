package org.gantry.provisioning;

import java.util.List;
import java.util.OptionalInt;

/**
 * A change that somebody asks for. Plugins that are installed are named by their symbolic name or
 * its last part, and where several versions are there by {@code NAME@VERSION}.
 */
public sealed interface Request {

  /**
   * Plugins to add, each a jar's path, or a name or a name with versions such as {@code
   * layer-noise@[1.2,2)} to be looked for in repositories. One that is there in another version is
   * replaced.
   */
  record Install(List<String> what, Terms terms) implements Request {
    /** Copies the list. */
    public Install {
      what = List.copyOf(what);
    }
  }

  /** Plugins to replace by their newest version; all that are not pinned if none is named. */
  record Update(List<String> names, Terms terms) implements Request {
    /** Copies the list. */
    public Update {
      names = List.copyOf(names);
    }
  }

  /** Plugins to take away. */
  record Remove(List<String> names) implements Request {
    /** Copies the list. */
    public Remove {
      names = List.copyOf(names);
    }
  }

  /** Plugins to switch on or off; what was quarantined gets another chance when switched on. */
  record Enable(List<String> names, boolean enabled) implements Request {
    /** Copies the list. */
    public Enable {
      names = List.copyOf(names);
    }
  }

  /** Plugins that updates are to leave alone, or no longer. */
  record Pin(List<String> names, boolean pinned) implements Request {
    /** Copies the list. */
    public Pin {
      names = List.copyOf(names);
    }
  }

  /** The way back to an earlier generation; to the one before if none is named. */
  record Rollback(OptionalInt generation) implements Request {}

  /**
   * How plugins may come in.
   *
   * @param allowUnsigned whether a jar may be installed that no trusted signer vouches for
   * @param beside whether other versions of the same plugin stay
   * @param offline whether the network must be left alone
   * @param repositories addresses or folders to look in besides those that are known
   */
  record Terms(boolean allowUnsigned, boolean beside, boolean offline, List<String> repositories) {

    /** The terms of somebody who says nothing about them. */
    public static final Terms USUAL = new Terms(false, false, false, List.of());

    /** The terms of somebody who wants to know what is at hand, without asking the network. */
    public static final Terms HERE = new Terms(false, false, true, List.of());

    /** Copies the list. */
    public Terms {
      repositories = List.copyOf(repositories);
    }
  }
}
