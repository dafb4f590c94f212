package org.gantry.plugin.imagefolder;

import java.io.IOException;

/** A file cannot be read as a picture. The message is the reason, without the file's name. */
final class UnreadablePictureException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadablePictureException(String reason) {
    super(reason);
  }

  UnreadablePictureException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
