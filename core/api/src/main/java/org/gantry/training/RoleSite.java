package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import org.gantry.architecture.NetworkSite;
import org.gantry.tensor.RandomStream;

/** The place of a role, as its architecture sees it. */
final class RoleSite implements NetworkSite {

  private final NetworkRole role;
  private final RolePorts ports;

  RoleSite(NetworkRole role, RolePorts ports) {
    this.role = role;
    this.ports = ports;
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
  public Shape output(String port) {
    return ports.outputSample(port);
  }

  @Override
  public RandomStream randomStream(String name) {
    return role.randomStream(name);
  }

  @Override
  public void afterUpdate(String name, Runnable action) {
    role.addUpdateAction(name, weights -> action.run(), role.origin());
  }
}
