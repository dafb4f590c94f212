package org.gantry.layers;

import java.util.Map;
import java.util.regex.Matcher;
import org.gantry.tensor.Kernel;

/** The source texts of the kernels that lie beside these classes. */
final class KernelSource {

  private KernelSource() {}

  /**
   * Reads a text.
   *
   * @param name the file's name without its extension
   * @param constants replaces each {@code $key} by its value, spelled as TorchScript has it
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
