package org.gantry.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the processor can compute.
 *
 * @param flags the names of the features, as Linux writes them; empty where the system does not
 *     report them
 */
public record ProcessorFeatures(Set<String> flags) {

  private static final Path FILE = Path.of("/proc/cpuinfo");

  /** Copies the set. */
  public ProcessorFeatures {
    flags = Set.copyOf(flags);
  }

  /** Returns the features of this machine. */
  public static ProcessorFeatures ofThisMachine() {
    try {
      return of(Files.readAllLines(FILE));
    } catch (IOException e) {
      // Only Linux has the file.
      return new ProcessorFeatures(Set.of());
    }
  }

  /**
   * Returns the features of the first core.
   *
   * @param lines a description of processors, as Linux writes it
   */
  public static ProcessorFeatures of(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .findFirst()
        .map(line -> List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
        .map(flags -> new ProcessorFeatures(Set.copyOf(flags)))
        .orElse(new ProcessorFeatures(Set.of()));
  }

  /** Whether it has instructions that multiply numbers of bf16. */
  boolean multipliesHalfFloats() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }
}
