package org.gantry.host.support;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as users write them in recipes and options. */
public final class UserPaths {

  private UserPaths() {}

  /**
   * Returns the path of a text. {@code ~} at its start is the user's home folder; shells expand it
   * only at the start of a word.
   *
   * @throws InvalidPathException if the file system cannot have such a path
   */
  public static Path of(String text) {
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + text.substring(1))
        : Path.of(text);
  }

  /** Returns why a text is not a path, as a sentence. */
  public static String reason(InvalidPathException failure) {
    boolean unmappable = failure.getReason().contains("unmappable");
    return "'%s' is not a path: ".formatted(ErrorText.line(failure.getInput()))
        + (unmappable
            ? "the encoding of the locale lacks one of its characters; set LC_ALL=C.UTF-8"
            : ErrorText.line(failure.getReason()));
  }
}
