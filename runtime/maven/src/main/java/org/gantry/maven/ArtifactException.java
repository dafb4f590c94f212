package org.gantry.maven;

/** An artifact is not available; the message is a sentence with the artifact and the reason. */
public final class ArtifactException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean missing;

  ArtifactException(boolean missing, String message, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  /** Whether no repository has the artifact, so that another attempt cannot help. */
  public boolean isMissing() {
    return missing;
  }
}
