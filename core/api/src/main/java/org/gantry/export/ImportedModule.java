package org.gantry.export;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Kernel;

/** A TorchScript module from a {@code .pt} file. Modules of other programs can be loaded, too. */
public final class ImportedModule implements AutoCloseable {

  private static final String EXTRA = "extra/";

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
   * Loads a module.
   *
   * @param manager owns its weights: closing either closes the module
   * @param file written by {@link NetworkExport#writeModule} or {@code torch.jit.save}
   * @throws ExportException if the file is missing, truncated, corrupt, or not a module
   */
  public static ImportedModule load(NDManager manager, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ExportException(
          Files.exists(file) ? file + " is not a file" : "there is no file " + file);
    }
    try {
      Map<String, String> notes = notes(file);
      ModulePorts ports = ModulePorts.of(notes.getOrDefault(ModulePorts.NOTE, ""));
      notes.remove(ModulePorts.NOTE);
      try (InputStream archive = new BufferedInputStream(Files.newInputStream(file))) {
        return new ImportedModule(file, Kernel.open(manager, archive), Map.copyOf(notes), ports);
      }
    } catch (ZipException | EngineException | NumberFormatException e) {
      throw new ExportException(
          file + " is not a TorchScript module, or it is corrupt: " + firstLine(e), e);
    } catch (IOException e) {
      throw new ExportException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Map<String, String> notes(Path file) throws IOException {
    Map<String, String> notes = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        // Below the single top folder of the archive.
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        if (name.startsWith(EXTRA)) {
          try (InputStream in = zip.getInputStream(entry)) {
            notes.put(
                name.substring(EXTRA.length()),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return notes;
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
    requireInputs(inputs);
    boolean recording = Autograd.setRecording(false);
    try {
      return kernel.call(into, List.of((Object[]) inputs));
    } catch (EngineException e) {
      throw new ExportException(file + " does not take these inputs: " + firstLine(e), e);
    } finally {
      Autograd.setRecording(recording);
    }
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
