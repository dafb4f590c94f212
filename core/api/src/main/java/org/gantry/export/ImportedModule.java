package org.gantry.export;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.ZipException;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Kernel;
import org.gantry.torchscript.ArchiveException;
import org.gantry.torchscript.ModuleInspection;

/** A TorchScript module from a {@code .pt} file. Modules of other programs can be loaded, too. */
public final class ImportedModule implements AutoCloseable {

  private static final String RUNTIME_ERROR = "RuntimeError: ";

  private final Path file;
  private final Kernel kernel;
  private final Map<String, String> notes;
  private final ModulePorts ports;

  private ImportedModule(Path file, Kernel kernel, Map<String, String> notes, ModulePorts ports) {
    this.file = file;
    this.kernel = kernel;
    this.notes = notes;
    this.ports = ports;
  }

  /**
   * Loads a module whose operators, attributes and constants are those of a network.
   *
   * @param manager owns its weights: closing either closes the module
   * @param file written by {@link NetworkExport#writeModule} or {@code torch.jit.save}
   * @throws ExportException if the file is missing, truncated, corrupt, or not a module, or does
   *     more than a network
   */
  public static ImportedModule load(NDManager manager, Path file) {
    return load(manager, file, Set.of());
  }

  /**
   * Loads a module, which may use some other operators. A module is a program: with operators such
   * as {@code torch.from_file} it reads and writes any file of the user. Allow them only if you
   * trust the file's author.
   *
   * @param allowed the operators, as {@link ExportException#operators} names them
   * @throws ExportException as {@link #load(NDManager, Path)}
   */
  public static ImportedModule load(NDManager manager, Path file, Set<String> allowed) {
    ModuleInspection inspected = inspect(file, allowed);
    Map<String, String> notes = new TreeMap<>(inspected.extras());
    ModulePorts ports = ports(file, inspected);
    notes.remove(ModulePorts.NOTE);
    try (InputStream archive = inspected.open()) {
      return new ImportedModule(file, Kernel.open(manager, archive), Map.copyOf(notes), ports);
    } catch (EngineException e) {
      throw corrupt(file, e);
    } catch (IOException e) {
      throw new ExportException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks a file without loading it.
   *
   * @throws ExportException as {@link #load(NDManager, Path)}
   */
  static ModuleInspection inspect(Path file, Set<String> allowed) {
    if (!Files.isRegularFile(file)) {
      throw new ExportException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try {
      return ModuleInspection.of(file, allowed);
    } catch (ArchiveException e) {
      throw new ExportException(refusal(file, e), e, e.operators());
    } catch (ZipException | EOFException e) {
      throw corrupt(file, e);
    } catch (IOException e) {
      throw new ExportException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the ports that a file names; none for a module of another program.
   *
   * @throws ExportException if they are not those of a network
   */
  static ModulePorts ports(Path file, ModuleInspection inspected) {
    try {
      return ModulePorts.of(inspected.extras().getOrDefault(ModulePorts.NOTE, ""));
    } catch (NumberFormatException e) {
      throw corrupt(file, e);
    }
  }

  private static ExportException corrupt(Path file, Exception e) {
    return new ExportException(
        file + " is not a TorchScript module, or it is corrupt: " + firstLine(e), e);
  }

  private static String refusal(Path file, ArchiveException e) {
    return e.operators().isEmpty()
        ? file + " is not a TorchScript module, or it is corrupt: " + e.getMessage()
        : file + " is a program that does more than a network: " + e.getMessage();
  }

  /** The line of an error of libtorch that says what is wrong, after a trace of the script. */
  private static String cause(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> line.startsWith(RUNTIME_ERROR))
        .map(line -> line.substring(RUNTIME_ERROR.length()))
        .findFirst()
        .orElseGet(() -> firstLine(e));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The inputs, in order; empty for a module of another program. */
  public List<NetworkPort> takes() {
    return ports.takes();
  }

  /** The outputs, in order; empty for a module of another program. */
  public List<NetworkPort> gives() {
    return ports.gives();
  }

  /** The notes in the file, by name. */
  public Map<String, String> notes() {
    return notes;
  }

  /**
   * Applies the module.
   *
   * @param into owns the outputs
   * @param inputs shape (batch, ...), one for each of {@link #takes}
   * @return the outputs, in the order of {@link #gives}
   * @throws ExportException if the module does not take these inputs
   */
  public NDList apply(NDManager into, NDArray... inputs) {
    boolean recording = Autograd.setRecording(false);
    try {
      return call(into, inputs);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** Applies the module as {@link #apply} does, and records gradients where they are on. */
  NDList call(NDManager into, NDArray... inputs) {
    requireInputs(inputs);
    try {
      return kernel.call(into, List.of((Object[]) inputs));
    } catch (EngineException e) {
      throw new ExportException(file + " does not take these inputs: " + cause(e), e);
    }
  }

  /**
   * The weights that the module reads in each call, named as the module names them.
   *
   * @param into owns the arrays
   */
  NDList weights(NDManager into) {
    return kernel.parameters(into);
  }

  private void requireInputs(NDArray... inputs) {
    if (takes().isEmpty()) {
      return;
    }
    if (inputs.length != takes().size()) {
      throw new ExportException(
          "%s takes %s, not %d inputs".formatted(file, takes(), inputs.length));
    }
    for (int i = 0; i < inputs.length; i++) {
      NetworkPort port = takes().get(i);
      if (!inputs[i].getShape().slice(1).equals(port.shape())) {
        throw new ExportException(
            "%s takes %s of shape %s, not %s"
                .formatted(file, port.name(), batched(port.shape()), inputs[i].getShape()));
      }
    }
  }

  private static String batched(Shape sample) {
    return LongStream.of(sample.getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(batch, ", ")"));
  }

  @Override
  public void close() {
    kernel.close();
  }
}
