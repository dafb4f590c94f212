package org.gantry.host.support;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exceptions as parts of sentences, always on one line. */
public final class ErrorText {

  private static final int MOST_CAUSES = 8;

  private static final int LONGEST_LINE = 4000;

  private ErrorText() {}

  /**
   * The reason for a failure, such as {@code No space left on device}. It is the text of the
   * innermost exception, because those around it only say what was being done. The search ends at
   * an exception that says all: a {@link FileSystemException}, a plain {@link IOException} or one
   * of Gantry itself. Any other text begins with the type of the exception.
   */
  public static String of(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && !saysAll(reason)) {
      reason = reason.getCause();
    }
    if (reason instanceof FileSystemException e) {
      return ofFileSystem(e);
    }
    return saysAll(reason) || reason.getMessage() == null
        ? message(reason)
        : reason.getClass().getSimpleName() + ": " + message(reason);
  }

  private static boolean saysAll(Throwable failure) {
    Class<?> type = failure.getClass();
    return failure.getMessage() != null
        && (type == IOException.class
            || failure instanceof FileSystemException
            || type.getName().startsWith("org.gantry."));
  }

  private static String ofFileSystem(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof AccessDeniedException) {
      return "permission denied for " + file;
    } else if (failure instanceof NoSuchFileException) {
      return "there is no " + file;
    } else if (failure instanceof FileAlreadyExistsException) {
      return file + " exists already";
    } else if (failure instanceof NotDirectoryException) {
      return file + " is not a folder";
    } else if (failure instanceof DirectoryNotEmptyException) {
      return file + " is not empty";
    }
    return failure.getReason() == null
        ? message(failure)
        : line(failure.getReason()) + " (" + file + ")";
  }

  /** The message of an exception, or its type if it has none; its causes are ignored. */
  public static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : line(message);
  }

  /** An exception and its causes with their types, from the outermost to the innermost. */
  public static String chain(Throwable failure) {
    List<String> links = new ArrayList<>();
    for (Throwable t = failure; t != null && links.size() < MOST_CAUSES; t = t.getCause()) {
      boolean repeatsCause = t.getCause() != null && t.getCause().toString().equals(t.getMessage());
      if (!repeatsCause) {
        String type = t.getClass().getSimpleName();
        links.add(t.getMessage() == null ? type : type + ": " + line(t.getMessage()));
      }
    }
    return String.join("; because of ", links);
  }

  /** The innermost cause of an exception, or the exception itself if it has no cause. */
  public static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The first of an exception and its causes that has a type. */
  public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  /** A text on one line, without spaces around it; the end of a very long one is left out. */
  public static String line(String text) {
    return TerminalText.bounded(text, LONGEST_LINE).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
