package org.gantry.export;

import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.torchscript.ModuleInspection;

/**
 * A network that a TorchScript file defines, such as a pretrained classifier. Gradients pass
 * through it to its inputs. It keeps its weights, unless it is {@link #trainable}.
 *
 * <p>The module computes what it was saved for: a module that was saved for inference normalises by
 * its stored statistics, and drops nothing out, in training too.
 */
public final class ModuleArchitecture implements Architecture {

  private final Path file;
  private final NetworkPorts ports;
  private final boolean trainable;

  private ModuleArchitecture(Path file, NetworkPorts ports, boolean trainable) {
    this.file = file;
    this.ports = ports;
    this.trainable = trainable;
  }

  /**
   * Reads the ports of a file that {@link NetworkExport#writeModule} wrote. Needs no engine.
   *
   * @throws ExportException if the file is not a module of a network, or does not name its ports
   */
  public static ModuleArchitecture of(Path file) {
    return of(file, List.of(), List.of());
  }

  /**
   * Describes a file of another program. Needs no engine.
   *
   * @param takes the ports of the module's arguments, in order; empty for those that the file names
   * @param gives the ports of its results, in order; empty for those that the file names
   * @throws ExportException if the file is not a module of a network, or if ports are neither given
   *     nor named in the file
   */
  public static ModuleArchitecture of(Path file, List<String> takes, List<String> gives) {
    ModuleInspection inspected = ImportedModule.inspect(file, Set.of());
    ModulePorts named = ImportedModule.ports(file, inspected);
    List<String> inputs = takes.isEmpty() ? names(named.takes()) : takes;
    List<String> outputs = gives.isEmpty() ? names(named.gives()) : gives;
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new ExportException(
          file + " does not name its ports; name them in the order of its arguments and results");
    }
    return new ModuleArchitecture(file, new NetworkPorts(inputs, List.of(), outputs), false);
  }

  private static List<String> names(List<NetworkPort> ports) {
    return ports.stream().map(NetworkPort::name).toList();
  }

  /** A copy whose weights train, from those in the file on. */
  public ModuleArchitecture trainable() {
    return new ModuleArchitecture(file, ports, true);
  }

  /** The ports of the module. */
  public NetworkPorts ports() {
    return ports;
  }

  @Override
  public NetworkPorts ports(NetworkPorts declared) {
    return ports;
  }

  @Override
  public Block build(NetworkSite site) {
    try {
      return trainable ? ModuleBlock.withWeights(file) : new ModuleBlock(file);
    } catch (ExportException e) {
      throw new UnusableComponentException(e.getMessage());
    }
  }
}
