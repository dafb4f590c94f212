package org.gantry.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files to pack.
 *
 * @param files each file by its path in the package, with slashes, in the order of the paths
 */
record FileTree(SortedMap<String, Path> files) {

  /** No files. */
  static final FileTree EMPTY = new FileTree(new TreeMap<>());

  FileTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** The files below a folder. Links are followed, because not every archive can have them. */
  static FileTree of(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
    }
    return new FileTree(files);
  }

  /** A copy without the files whose path has a prefix. */
  FileTree without(String prefix) {
    SortedMap<String, Path> others = new TreeMap<>(files);
    others.keySet().removeIf(path -> path.startsWith(prefix));
    return new FileTree(others);
  }

  /** A copy with another file. */
  FileTree with(String folder, Path file) {
    SortedMap<String, Path> more = new TreeMap<>(files);
    more.put(folder + file.getFileName(), file);
    return new FileTree(more);
  }

  /** A copy with the files of another tree in a folder. */
  FileTree withAll(String folder, FileTree others) {
    SortedMap<String, Path> more = new TreeMap<>(files);
    others.files.forEach((path, file) -> more.put(folder + path, file));
    return new FileTree(more);
  }

  /** The folders of the files, each before what is in it, ending in a slash. */
  List<String> folders() {
    TreeSet<String> folders = new TreeSet<>();
    for (String path : files.keySet()) {
      for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        folders.add(path.substring(0, end + 1));
      }
    }
    return List.copyOf(folders);
  }

  /** The permissions of a file: only whether it is a program is taken from the disk. */
  static int mode(Path file) {
    return Files.isExecutable(file) && !file.toString().endsWith(".jar") ? 0755 : 0644;
  }

  /** Removes a folder and what is in it, if it exists. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
