package org.gantry.components;

import java.util.List;
import java.util.Optional;

/**
 * The components of all bundles that are active right now; a service of the framework. Bundles that
 * come and go show at once. Safe for use by several threads.
 */
public interface ComponentRegistry {

  /** All components, by kind, name and bundle. Loads no class. */
  List<ComponentInfo> all();

  /**
   * The jar that a component comes from.
   *
   * @throws ComponentException if it cannot be read
   */
  PluginJar jar(ComponentInfo component);

  /**
   * The record that holds a component's options.
   *
   * @return empty for a component without options
   * @throws ComponentException if the class cannot be loaded or disagrees with the manifest
   */
  Optional<Class<? extends Record>> optionsType(ComponentInfo component);

  /**
   * Creates a component, in an injector of its own.
   *
   * @param type the interface of its kind
   * @param options an instance of {@link #optionsType}, or empty for a component without any
   * @throws ComponentException if the class cannot be loaded, disagrees with the manifest, is no
   *     {@code type}, or its constructor throws
   */
  <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> options);
}
