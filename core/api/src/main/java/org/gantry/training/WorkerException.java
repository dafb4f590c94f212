package org.gantry.training;

/** Another worker of the training has stopped, or does not answer. */
public final class WorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean announced;

  private WorkerException(String message, boolean announced, Throwable cause) {
    super(message, cause);
    this.announced = announced;
  }

  /**
   * Another worker was lost: its process or the connection to it ended, or it does not answer.
   *
   * @param message a sentence for the user
   */
  public static WorkerException lost(String message, Throwable cause) {
    return new WorkerException(message, false, cause);
  }

  /**
   * Another worker has ended the training and said why.
   *
   * @param reason its reason
   */
  public static WorkerException ended(String reason) {
    return new WorkerException(reason, true, null);
  }

  /** Whether the other worker said why it ended; otherwise it was lost. */
  public boolean isAnnounced() {
    return announced;
  }
}
