package org.gantry.cli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The vector instructions of the processor that matter for the engine. */
final class VectorUnits {

  /** As Linux names them, from the oldest to the newest. */
  private static final List<String> KNOWN =
      List.of(
          "avx2",
          "fma",
          "avx512f",
          "avx512_vnni",
          "avx512_bf16",
          "amx_bf16",
          "asimd",
          "sve",
          "bf16");

  private VectorUnits() {}

  /** The instructions of this machine; empty where the system does not list them in a file. */
  static List<String> ofThisMachine() {
    try {
      return in(Files.readString(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      // Only Linux has the file.
      return List.of();
    }
  }

  /** The instructions in a description of processors, as Linux writes it. */
  static List<String> in(String description) {
    Set<String> flags =
        description
            .lines()
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
            .<Set<String>>map(words -> new HashSet<>(Arrays.asList(words)))
            .orElse(Set.of());
    return KNOWN.stream().filter(flags::contains).toList();
  }
}
