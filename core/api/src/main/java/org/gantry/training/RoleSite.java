package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.gantry.architecture.NetworkSite;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.tensor.RandomStream;

/** The place of a role, as its architecture sees it. */
final class RoleSite implements NetworkSite {

  private final NetworkRole role;
  private final RolePorts ports;
  private final BiConsumer<String, Runnable> updateActions;

  /**
   * Creates the place of a role.
   *
   * @param updateActions receives the name and the action of each call of {@link #afterUpdate}
   */
  RoleSite(NetworkRole role, RolePorts ports, BiConsumer<String, Runnable> updateActions) {
    this.role = role;
    this.ports = ports;
    this.updateActions = updateActions;
  }

  @Override
  public String role() {
    return role.role();
  }

  @Override
  public Shape input(String port) {
    Shape sample = ports.inputSample(port);
    return role.packing().map(p -> p.sample(sample)).orElse(sample);
  }

  @Override
  public boolean isFed(String port) {
    return ports.inputs().contains(port);
  }

  @Override
  public Optional<DatasetField> field(String port) {
    return ports.inputData(port).map(NodeOperation.BatchField::field);
  }

  @Override
  public Optional<Dataset> dataset(String port) {
    return ports.inputData(port).map(data -> role.dataset(data.draw()));
  }

  @Override
  public Shape output(String port) {
    return ports.outputSample(port);
  }

  @Override
  public RandomStream randomStream(String name) {
    return role.randomStream(name);
  }

  @Override
  public void afterUpdate(String name, Runnable action) {
    updateActions.accept(name, action);
  }
}
