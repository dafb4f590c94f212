package org.gantry.recipes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The memory of this process, as Linux reports it. Takes into account the memory of the machine,
 * the limit of the address space ({@code ulimit -v}) and control groups, such as those of
 * containers.
 *
 * @param root the root of the file system
 */
record ProcessMemory(Path root) {

  /** Version 1 of control groups writes a huge number if there is no limit. */
  private static final long NO_LIMIT = 1L << 60;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern ADDRESSES = Pattern.compile("Max address space\\s+(\\d{1,18})\\s.*");
  private static final Pattern GROUP = Pattern.compile("\\d+:([^:]*):(/.*)");

  /** Returns the memory of this process. */
  static ProcessMemory ofThisProcess() {
    return new ProcessMemory(Path.of("/"));
  }

  /**
   * Returns the bytes that the process can still allocate; 0 if the system does not report them.
   */
  long availableBytes() {
    return Stream.concat(
            Stream.of(field("proc/meminfo", "MemAvailable"), withinAddresses()), withinGroups())
        .flatMapToLong(OptionalLong::stream)
        .map(free -> Math.max(0, free))
        .min()
        .orElse(0);
  }

  /** Returns the resident bytes of the process; 0 if the system does not report them. */
  long residentBytes() {
    return field("proc/self/status", "VmRSS").orElse(0);
  }

  /**
   * Returns the most resident bytes of the process so far; 0 if the system does not report them.
   */
  long peakBytes() {
    return field("proc/self/status", "VmHWM").orElse(0);
  }

  private OptionalLong withinAddresses() {
    OptionalLong limit =
        lines(root.resolve("proc/self/limits")).stream()
            .map(ADDRESSES::matcher)
            .filter(Matcher::matches)
            .mapToLong(m -> Long.parseLong(m.group(1)))
            .findFirst();
    return less(limit, field("proc/self/status", "VmSize"));
  }

  private Stream<OptionalLong> withinGroups() {
    return lines(root.resolve("proc/self/cgroup")).stream()
        .map(GROUP::matcher)
        .filter(Matcher::matches)
        .flatMap(m -> withinGroup(List.of(m.group(1).split(",")), m.group(2)));
  }

  private Stream<OptionalLong> withinGroup(List<String> controllers, String group) {
    Path mounted = root.resolve("sys/fs/cgroup");
    if (controllers.contains("memory")) {
      return upwards(mounted.resolve("memory"), group)
          .map(
              f ->
                  within(
                      f, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));
    }
    return controllers.equals(List.of(""))
        ? Stream.of(mounted, mounted.resolve("unified"))
            .flatMap(top -> upwards(top, group))
            .map(f -> within(f, "memory.max", "memory.current", "inactive_file"))
        : Stream.empty();
  }

  /**
   * Returns the folder of a group and those above it, whose limits also apply. In a container the
   * folder of the group may not be visible; then the top folder counts.
   */
  private static Stream<Path> upwards(Path top, String group) {
    try {
      Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
      return folder.startsWith(top)
          ? Stream.iterate(folder, f -> f.startsWith(top), Path::getParent)
          : Stream.of(top);
    } catch (InvalidPathException e) {
      return Stream.of(top);
    }
  }

  /** Returns the free bytes of a group; memory that caches files counts as free. */
  private static OptionalLong within(Path folder, String limit, String used, String reclaimable) {
    OptionalLong most = number(folder.resolve(limit));
    if (most.isEmpty() || most.getAsLong() >= NO_LIMIT) {
      return OptionalLong.empty();
    }
    long files =
        lines(folder.resolve("memory.stat")).stream()
            .filter(line -> line.startsWith(reclaimable + " "))
            .mapToLong(ProcessMemory::digits)
            .findFirst()
            .orElse(0);
    return less(OptionalLong.of(most.getAsLong() + files), number(folder.resolve(used)));
  }

  private static OptionalLong less(OptionalLong limit, OptionalLong used) {
    return limit.isPresent() && used.isPresent()
        ? OptionalLong.of(limit.getAsLong() - used.getAsLong())
        : OptionalLong.empty();
  }

  /** Returns a field in bytes; the file gives it in kilobytes. */
  private OptionalLong field(String file, String name) {
    return lines(root.resolve(file)).stream()
        .filter(line -> line.startsWith(name + ":"))
        .flatMapToLong(line -> LongStream.of(1024 * digits(line)))
        .findFirst();
  }

  private static OptionalLong number(Path file) {
    return lines(file).stream()
        .map(String::strip)
        .filter(line -> NUMBER.matcher(line).matches())
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static long digits(String line) {
    Matcher number = NUMBER.matcher(line);
    return number.find() ? Long.parseLong(number.group()) : 0;
  }

  /** Returns the lines of a file; none if it does not exist or cannot be read. */
  private static List<String> lines(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      return List.of();
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
