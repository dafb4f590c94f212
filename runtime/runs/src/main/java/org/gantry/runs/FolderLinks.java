package org.gantry.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.gantry.host.support.ErrorText;

/**
 * The symbolic links in a run folder. What a run folder contains is shown in reports, overwritten
 * and removed, so a link must not lead out of it. The folder itself may be a link.
 */
final class FolderLinks {

  private FolderLinks() {}

  /**
   * Checks a folder and all folders below it.
   *
   * @throws RunException if a link leads out of the folder, or nowhere
   */
  static void requireNoneOut(Path folder) {
    try {
      Path inside = folder.toRealPath();
      Files.walkFileTree(
          inside,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isSymbolicLink() && !leadsInto(file, inside)) {
                throw new RunException(
                    "%s is a link that leads out of the run folder to %s; remove the link"
                        .formatted(
                            folder.resolve(inside.relativize(file)), Files.readSymbolicLink(file)));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // A running training removes files, and what cannot be read cannot be shown.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException | UncheckedIOException e) {
      throw new RunException(
          "cannot look into the run folder " + folder + ": " + ErrorText.of(e), e);
    }
  }

  private static boolean leadsInto(Path link, Path folder) {
    try {
      return link.toRealPath().startsWith(folder);
    } catch (IOException e) {
      // It leads nowhere, or in a circle. A file that is written there would be outside.
      return false;
    }
  }
}
