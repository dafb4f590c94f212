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
 * How much memory this process can still get, by what Linux tells: of the machine, within the limit
 * on its addresses ({@code ulimit -v}), and within its control groups, as of a container.
 *
 * @param root the root of the file system
 */
public record ProcessMemory(Path root) {

  /** Limits that are none are huge numbers in the first version of control groups. */
  private static final long NO_LIMIT = 1L << 60;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern ADDRESSES = Pattern.compile("Max address space\\s+(\\d{1,18})\\s.*");
  private static final Pattern GROUP = Pattern.compile("\\d+:([^:]*):(/.*)");

  /** The memory of this process, by the system that it runs on. */
  public static ProcessMemory ofThisProcess() {
    return new ProcessMemory(Path.of("/"));
  }

  /** The bytes that the process can still get; 0 where the system does not tell. */
  public long availableBytes() {
    return Stream.concat(
            Stream.of(field("proc/meminfo", "MemAvailable"), withinAddresses()), withinGroups())
        .flatMapToLong(OptionalLong::stream)
        .map(free -> Math.max(0, free))
        .min()
        .orElse(0);
  }

  /** The bytes of the process that are in memory; 0 where the system does not tell. */
  public long residentBytes() {
    return field("proc/self/status", "VmRSS").orElse(0);
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
   * The folder of a group and those above it, whose limits hold as well. In a container the group
   * can lie outside of what is in sight.
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

  /** What files in memory take can be had again. */
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

  /** A field in kilobytes. */
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

  /** None where there is no such file, or it may not be read. */
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
