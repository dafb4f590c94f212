package org.gantry.runs.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pictures of samples in a run folder. */
final class SampleFiles {

  private static final Pattern PICTURE = Pattern.compile("step-(\\d{6,18})\\.png");

  private SampleFiles() {}

  /**
   * The pictures by step. Leaves out links, which may lead to files that are not the run's.
   *
   * @param samples may not exist
   */
  static NavigableMap<Long, Path> bySteps(Path samples) throws IOException {
    NavigableMap<Long, Path> pictures = new TreeMap<>();
    if (!Files.isDirectory(samples, LinkOption.NOFOLLOW_LINKS)) {
      return pictures;
    }
    try (Stream<Path> entries = Files.list(samples)) {
      for (Path entry : entries.toList()) {
        Matcher matcher = PICTURE.matcher(entry.getFileName().toString());
        if (matcher.matches() && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          pictures.put(Long.parseLong(matcher.group(1)), entry);
        }
      }
    }
    return pictures;
  }
}
