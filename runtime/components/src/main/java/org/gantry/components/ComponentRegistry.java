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

  /** Returns the kinds that bundles add to those of the host, ordered by name. Loads no class. */
  List<KindDeclaration> addedKinds();

  /**
   * Returns the interface of a kind that a bundle adds.
   *
   * @throws ComponentException if the bundle does not have it
   */
  Class<?> kindType(KindDeclaration kind);

  /**
   * Returns the content of the jar that has the interface of a kind.
   *
   * @throws ComponentException if the jar cannot be read
   */
  byte[] jarContent(KindDeclaration kind);

  /**
   * Returns the jar of a component.
   *
   * @throws ComponentException if the jar cannot be read
   */
  PluginJar jar(ComponentInfo component);

  /**
   * Returns the class of a component.
   *
   * @throws ComponentException if it cannot be loaded or disagrees with the manifest
   */
  Class<?> type(ComponentInfo component);

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
