package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

  @Test
  void theReasonIsTheInnermostException() {
    Exception inner = new IllegalArgumentException("two\n  lines");
    assertEquals(
        "IllegalArgumentException: two lines",
        ErrorText.of(new IllegalStateException("outer", new RuntimeException("middle", inner))));
    assertEquals("Error", ErrorText.of(new IllegalStateException("outer", new Error())));
  }

  @Test
  void theReasonIsTheFirstCompleteSentence() {
    IOException sentence = new IOException("the index is empty", new Error("internal"));
    assertEquals("the index is empty", ErrorText.of(new UncheckedIOException(sentence)));
    assertEquals("it is ours", ErrorText.of(new OwnException("it is ours", new Error("internal"))));
    assertEquals("Error: internal", ErrorText.of(new OwnException(null, new Error("internal"))));
  }

  @Test
  void aFailureOfTheFileSystemIsCompleteWhateverCausedIt() {
    FileSystemException full = new FileSystemException("a", null, "No space left on device");
    full.initCause(new IOException("of a temporary file"));
    assertEquals("No space left on device (a)", ErrorText.of(full));
  }

  @Test
  void failuresOfTheFileSystemAreSentencesWithTheFile() {
    assertEquals("permission denied for a", ErrorText.of(new AccessDeniedException("a")));
    assertEquals("there is no a", ErrorText.of(new NoSuchFileException("a")));
    assertEquals("a exists already", ErrorText.of(new FileAlreadyExistsException("a")));
    assertEquals("a is not a folder", ErrorText.of(new NotDirectoryException("a")));
    assertEquals("a is not empty", ErrorText.of(new DirectoryNotEmptyException("a")));
    assertEquals(
        "Too many links (a)", ErrorText.of(new FileSystemException("a", null, "Too many links")));
  }

  @Test
  void aChainNamesEveryExceptionOnce() {
    Exception inner = new IllegalArgumentException("inner", new Error());
    assertEquals(
        "IllegalStateException: outer; because of IllegalArgumentException: inner; because of"
            + " Error",
        ErrorText.chain(new IllegalStateException("outer", new RuntimeException(inner))));
  }

  @Test
  void aCauseIsFoundByItsType() {
    IOException cause = new IOException("inner");
    Exception outer = new IllegalStateException(new UncheckedIOException(cause));
    assertSame(cause, ErrorText.find(outer, IOException.class).orElseThrow());
    assertSame(cause, ErrorText.rootCause(outer));
    assertTrue(ErrorText.find(outer, Error.class).isEmpty());
  }

  private static final class OwnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OwnException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
