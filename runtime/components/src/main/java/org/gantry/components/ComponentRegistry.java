package org.gantry.components;

import java.util.List;
import java.util.Optional;

/**
 * The components of all active bundles; an OSGi service. Starting or stopping a bundle takes effect
 * at once. Safe for use by several threads.
 */
public interface ComponentRegistry {

  /** Returns all components, ordered by kind, name and bundle. Loads no class. */
  List<ComponentInfo> all();

  /**
   * Returns the jar of a component.
   *
   * @throws ComponentException if the jar cannot be read
   */
  PluginJar jar(ComponentInfo component);

  /**
   * Returns the record type of a component's options.
   *
   * @return empty for a component without options
   * @throws ComponentException if the class cannot be loaded or disagrees with the manifest
   */
  Optional<Class<? extends Record>> optionsType(ComponentInfo component);

  /**
   * Creates a component.
   *
   * @param type the interface of its kind
   * @param options an instance of {@link #optionsType}; empty for a component without options
   * @throws ComponentException if the class cannot be loaded, disagrees with the manifest or does
   *     not implement {@code type}, or if its constructor throws
   */
  <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> options);
}
