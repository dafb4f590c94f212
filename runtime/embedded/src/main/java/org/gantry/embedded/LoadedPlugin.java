package org.gantry.embedded;

import java.util.List;

/** A plugin that the program loaded. */
public interface LoadedPlugin extends AutoCloseable {

  /** The name of the plugin, such as {@code org.acme.losses}. */
  String name();

  /** The version of the plugin, such as {@code 1.2.0}. */
  String version();

  /** What recipes can name, as {@code kind/name}, such as {@code loss/acme}. */
  List<String> components();

  /** Unloads the plugin. Compositions with its components must not be used afterwards. */
  @Override
  void close();
}
