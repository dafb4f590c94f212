package org.gantry.plugin.began;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.gantry.architecture.NetworkSite;
import org.gantry.tensor.RandomStream;

/** A site whose network is updated by the test. */
final class CountingDiscriminator implements NetworkSite {

  private final NetworkSite place;
  private final List<Runnable> actions = new ArrayList<>();

  CountingDiscriminator(NetworkSite place) {
    this.place = place;
  }

  /** The number of layers that count updates. */
  int count() {
    return actions.size();
  }

  /** Runs the actions that follow an update. */
  void update() {
    actions.forEach(Runnable::run);
  }

  @Override
  public String role() {
    return place.role();
  }

  @Override
  public Shape input(String port) {
    return place.input(port);
  }

  @Override
  public boolean isFed(String port) {
    return place.isFed(port);
  }

  @Override
  public Shape output(String port) {
    return place.output(port);
  }

  @Override
  public RandomStream randomStream(String name) {
    return place.randomStream(name);
  }

  @Override
  public void afterUpdate(String name, Runnable action) {
    actions.add(action);
  }
}
