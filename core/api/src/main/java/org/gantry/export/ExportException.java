package org.gantry.export;

import java.util.ArrayList;
import java.util.List;

/** A network cannot be exported in a format, or a file cannot be read as one. */
public final class ExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> operators;

  /** Creates an exception with a message for the user. */
  public ExportException(String message) {
    this(message, (Throwable) null);
  }

  /** Creates an exception with a message for the user. */
  public ExportException(String message, Throwable cause) {
    this(message, cause, List.of());
  }

  /**
   * Creates an exception about a file that was not loaded because of what it would do.
   *
   * @param operators the names to allow to load it all the same
   */
  ExportException(String message, Throwable cause, List<String> operators) {
    super(message, cause);
    this.operators = new ArrayList<>(operators);
  }

  /**
   * The operators because of which a file was not loaded; empty for other failures. {@link
   * ImportedModule#load(ai.djl.ndarray.NDManager, java.nio.file.Path, java.util.Set)} can allow
   * them.
   */
  public List<String> operators() {
    return List.copyOf(operators);
  }
}
