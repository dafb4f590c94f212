package org.gantry.export;

/** A network that cannot be written in a form, or a file that is none that can be read. */
public final class ExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception whose message is a sentence for the user. */
  public ExportException(String message) {
    super(message);
  }

  /** Creates an exception whose message is a sentence for the user. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
