package org.gantry.runs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;

/** Creates a run folder completely or not at all. */
final class RunFolderCreator {

  private RunFolderCreator() {}

  /**
   * Creates a folder that contains empty folders and files.
   *
   * @param path a path that does not exist, or an empty folder; missing parents are created
   * @param folders the names of the empty folders
   * @param files contents by name, in the order in which to write them
   * @throws RunException if the folder is not empty, a file is in the way, or writing fails; then
   *     nothing is left behind
   */
  static void create(Path path, List<String> folders, Map<String, byte[]> files) {
    requireFree(path);
    List<Path> made = new ArrayList<>();
    try {
      for (Path missing : missing(path)) {
        if (createMissing(missing)) {
          made.add(0, missing);
        }
      }
      for (String folder : folders) {
        made.add(0, Files.createDirectory(path.resolve(folder)));
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path place = path.resolve(file.getKey());
        made.add(0, place);
        AtomicFiles.write(place, file.getValue());
      }
    } catch (IOException e) {
      undo(made, e);
      throw new RunException("cannot create the run folder " + path + ": " + ErrorText.of(e), e);
    }
  }

  /** Creates a folder; returns false if another process created it meanwhile. */
  private static boolean createMissing(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return false;
      }
      throw e;
    }
  }

  /** Removes those of some files and empty folders that exist. */
  static void remove(List<Path> paths) throws IOException {
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  private static void requireFree(Path path) {
    if (RunLock.isHeld(path)) {
      throw new RunException("a training uses the run folder " + path + "; choose another");
    } else if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw new RunException(
              "the run folder " + path + " exists already and is not empty; choose another");
        }
      } catch (IOException e) {
        throw new RunException("cannot look into the folder " + path + ": " + ErrorText.of(e), e);
      }
      return;
    }
    for (Path above = path.toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(above)) {
        throw new RunException(
            "cannot create the run folder " + path + ": " + above + " is a file, not a folder");
      }
    }
  }

  /** The missing folders on the way to a path, outermost first. */
  private static List<Path> missing(Path path) {
    List<Path> missing = new ArrayList<>();
    for (Path above = path.toAbsolutePath();
        above != null && !Files.isDirectory(above);
        above = above.getParent()) {
      missing.add(0, above);
    }
    return missing;
  }

  private static void undo(List<Path> made, IOException failure) {
    for (Path path : made) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Creates an empty folder {@code name-NNN}, with missing parents. The creation of a folder
   * succeeds in one process only, which decides who has the number.
   */
  static Path claimNext(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      while (true) {
        Path path = nextPath(folder, name);
        try {
          return Files.createDirectory(path);
        } catch (FileAlreadyExistsException ignored) {
          // Another process was faster; the next number is free, or that one is taken, too.
        }
      }
    } catch (IOException e) {
      throw new RunException("cannot create a run folder in " + folder + ": " + ErrorText.of(e), e);
    }
  }

  static void releaseEmpty(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The run has begun, so the folder is not empty; or it stays empty.
      return;
    }
  }

  /** The path {@code name-NNN} with the number after the highest one in use. */
  static Path nextPath(Path folder, String name) {
    String safe = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+", "");
    String stem = safe.isEmpty() ? "run" : safe;
    Pattern numbered = Pattern.compile(Pattern.quote(stem) + "-(\\d{3,9})");
    int taken = 0;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : (Iterable<Path>) entries::iterator) {
          Matcher matcher = numbered.matcher(entry.getFileName().toString());
          if (matcher.matches()) {
            taken = Math.max(taken, Integer.parseInt(matcher.group(1)));
          }
        }
      } catch (IOException e) {
        throw new RunException("cannot look into the folder " + folder + ": " + ErrorText.of(e), e);
      }
    }
    return folder.resolve(String.format(Locale.ROOT, "%s-%03d", stem, taken + 1));
  }
}
