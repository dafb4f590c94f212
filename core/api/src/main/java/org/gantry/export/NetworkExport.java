package org.gantry.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.torchscript.ScriptArchive;

/**
 * A network that can be written to a file. The package documents the file formats.
 *
 * @param label names the network in messages, such as {@code the generator (generator/mlp)}
 * @param block the network, initialised
 * @param takes its inputs, in order
 * @param gives its outputs, in order
 * @param weights gives the array to write for each parameter, which its owner keeps
 */
public record NetworkExport(
    String label,
    Block block,
    List<NetworkPort> takes,
    List<NetworkPort> gives,
    Function<Parameter, NDArray> weights) {

  /** Copies the lists. */
  public NetworkExport {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /**
   * Writes the network as a TorchScript module, the content of a {@code .pt} file.
   *
   * @param notes texts to store in the file, by name; PyTorch calls them {@code _extra_files}. A
   *     name is a file name that does not begin with {@code gantry.}
   * @param out receives the module, and stays open
   * @throws ExportException if the architecture has no TorchScript form; then nothing is written
   */
  public void writeModule(Map<String, String> notes, OutputStream out) throws IOException {
    String script = ScriptWriter.of(this);
    Map<String, String> extras = new LinkedHashMap<>();
    extras.put(ModulePorts.NOTE, ModulePorts.text(takes, gives));
    notes.forEach(
        (name, text) -> {
          if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")
              || name.startsWith(ModulePorts.RESERVED)) {
            throw new IllegalArgumentException(
                "expected a file name as the name of a note, not beginning with "
                    + ModulePorts.RESERVED
                    + ", not "
                    + name);
          }
          extras.put(name, text);
        });
    List<ScriptArchive.ArchiveTensor> tensors = new ArrayList<>();
    for (Pair<String, Parameter> entry : block.getParameters()) {
      Parameter parameter = entry.getValue();
      tensors.add(
          new ScriptArchive.ArchiveTensor(
              entry.getKey(), weights.apply(parameter), parameter.requiresGradient()));
    }
    ScriptArchive.write(out, "Network", script, tensors, extras);
  }

  /**
   * Writes the network's parameters and running statistics, the content of a {@code .safetensors}
   * file.
   *
   * @param out receives the file, and stays open
   * @throws ExportException if the network has no parameters
   */
  public void writeWeights(OutputStream out) throws IOException {
    NDList arrays = new NDList();
    for (Pair<String, Parameter> entry : block.getParameters()) {
      NDArray array = weights.apply(entry.getValue());
      array.setName(entry.getKey());
      arrays.add(array);
    }
    if (arrays.isEmpty()) {
      throw new ExportException(label + " has no weights");
    }
    try {
      arrays.encode(out, NDList.Encoding.SAFETENSORS);
    } finally {
      arrays.forEach(a -> a.setName(null));
    }
  }
}
