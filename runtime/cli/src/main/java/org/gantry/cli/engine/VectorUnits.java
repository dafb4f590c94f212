package org.gantry.cli.engine;

import java.util.List;
import org.gantry.tensor.ProcessorFeatures;

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

  /** The instructions among the features of a processor. */
  static List<String> in(ProcessorFeatures processor) {
    return KNOWN.stream().filter(processor.flags()::contains).toList();
  }
}
