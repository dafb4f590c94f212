package org.gantry.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processor can compute.
 *
 * @param flags the names of the features, as Linux writes them; empty where the system does not
 *     report them
 */
public record ProcessorFeatures(Set<String> flags) {

  /** The environment variable that limits the engine to older instructions. */
  public static final String LIMIT = "ONEDNN_MAX_CPU_ISA";

  /** The limits below AVX-512. */
  private static final Set<String> OLDER = Set.of("SSE41", "AVX", "AVX2", "AVX2_VNNI");

  private static final Path FILE = Path.of("/proc/cpuinfo");

  /** Copies the set. */
  public ProcessorFeatures {
    flags = Set.copyOf(flags);
  }

  /** Returns the features of this machine that the engine may use. */
  public static ProcessorFeatures ofThisMachine() {
    try {
      return of(Files.readAllLines(FILE)).limitedTo(System.getenv(LIMIT));
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

  /**
   * The features up to a limit.
   *
   * @param instructions the newest instructions, as oneDNN's variable names them; null for all
   */
  ProcessorFeatures limitedTo(String instructions) {
    String limit = instructions == null ? "" : instructions.toUpperCase(Locale.ROOT);
    if (!OLDER.contains(limit)) {
      return this;
    }
    return new ProcessorFeatures(
        flags.stream()
            .filter(flag -> !flag.startsWith("avx512") && !flag.startsWith("amx"))
            .filter(flag -> !limit.startsWith("SSE") || !flag.matches("avx.*|fma"))
            .collect(Collectors.toSet()));
  }

  /** Whether it has instructions that multiply numbers of bf16. */
  boolean multipliesHalfFloats() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }
}
