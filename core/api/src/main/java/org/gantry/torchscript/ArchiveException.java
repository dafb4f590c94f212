package org.gantry.torchscript;

import java.util.List;

/** An archive is corrupt, or contains more than a network needs. */
public final class ArchiveException extends Exception {

  private static final long serialVersionUID = 1L;

  private final List<String> operators;

  /** Creates an exception about an archive that is corrupt. */
  ArchiveException(String message) {
    this(message, List.of());
  }

  /**
   * Creates an exception about an archive that contains more than a network needs.
   *
   * @param operators the names that the user can allow
   */
  ArchiveException(String message, List<String> operators) {
    super(message);
    this.operators = List.copyOf(operators);
  }

  /** The names that the user can allow; empty if the archive is corrupt. */
  public List<String> operators() {
    return operators;
  }
}
