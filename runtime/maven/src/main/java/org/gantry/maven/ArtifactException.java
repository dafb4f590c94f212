package org.gantry.maven;

/** An artifact cannot be had. The message is a sentence that says which, and why. */
public final class ArtifactException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean missing;

  ArtifactException(boolean missing, String message, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  /** Whether all who were asked answered that there is none, so that asking again is in vain. */
  public boolean isMissing() {
    return missing;
  }
}
