package org.gantry.components;

import java.util.List;

/**
 * What a bundle's manifest says of one of its components; known before any class of it is loaded.
 *
 * @param kind the kind
 * @param name the name, unique within kind and bundle
 * @param version the component's version; its bundle's, unless it has one of its own
 * @param summary one line
 * @param paper the paper, or empty
 * @param takes its input ports, in order
 * @param gives its output ports, in order
 * @param bundle the symbolic name of the bundle
 * @param bundleVersion the version of the bundle
 * @param type the name of the class
 */
public record ComponentInfo(
    String kind,
    String name,
    String version,
    String summary,
    String paper,
    List<String> takes,
    List<String> gives,
    String bundle,
    String bundleVersion,
    String type) {

  /** Copies the lists. */
  public ComponentInfo {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /** The name that is unique among all bundles: {@code bundle/name}. */
  public String qualifiedName() {
    return bundle + "/" + name;
  }
}
