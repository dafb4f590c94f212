package org.gantry.layers;

import java.util.Map;
import java.util.regex.Matcher;
import org.gantry.tensor.Kernel;

/** The sources of the kernels of this package. */
final class KernelSource {

  private KernelSource() {}

  /**
   * Reads a source.
   *
   * @param name the file's name without its extension
   * @param constants values in TorchScript's notation, which replace each {@code $key}
   */
  static String read(String name, Map<String, ?> constants) {
    String text = Kernel.readSource(KernelSource.class, name + ".torchscript");
    for (Map.Entry<String, ?> constant : constants.entrySet()) {
      text =
          text.replaceAll(
              "\\$" + constant.getKey() + "\\b",
              Matcher.quoteReplacement(constant.getValue().toString()));
    }
    return text;
  }
}
