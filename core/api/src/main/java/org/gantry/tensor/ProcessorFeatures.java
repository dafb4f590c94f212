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
record ProcessorFeatures(Set<String> flags) {

  private static final Path FILE = Path.of("/proc/cpuinfo");

  /** Whether it has instructions that multiply numbers of bf16. */
  boolean multipliesHalfFloats() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }

  static ProcessorFeatures ofThisMachine() {
    try {
      return of(Files.readAllLines(FILE));
    } catch (IOException e) {
      return new ProcessorFeatures(Set.of());
    }
  }

  /** Reads the features of the first core. */
  static ProcessorFeatures of(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
        .map(ProcessorFeatures::new)
        .orElse(new ProcessorFeatures(Set.of()));
  }
}
