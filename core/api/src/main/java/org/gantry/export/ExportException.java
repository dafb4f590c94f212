package org.gantry.export;

/** A network cannot be exported in a format, or a file cannot be read as one. */
public final class ExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for the user. */
  public ExportException(String message) {
    super(message);
  }

  /** Creates an exception with a message for the user. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
