package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What to tell a person about a failure of the file system. */
public final class Reason {

  private Reason() {}

  /** The reason as part of a sentence, such as {@code No space left on device}. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist or cannot be made there";
    }
    if (failure instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " exists already";
    }
    if (failure instanceof NotDirectoryException file) {
      return file.getFile() + " is no folder";
    }
    if (failure instanceof DirectoryNotEmptyException full) {
      return full.getFile() + " is not empty";
    }
    if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason() + " (" + other.getFile() + ")";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
