package org.gantry.components;

import java.util.List;

/**
 * A component as its bundle's manifest declares it. Reading it loads no class.
 *
 * @param kind its kind
 * @param name its name, unique within kind and bundle
 * @param version its version; by default the version of its bundle
 * @param summary its description, one line
 * @param paper the paper that describes it; may be empty
 * @param takes its input ports, in order
 * @param gives its output ports, in order
 * @param bundle the symbolic name of its bundle
 * @param bundleVersion the version of its bundle
 * @param type the name of its class
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

  /** Returns the name that is unique among all bundles: {@code bundle/name}. */
  public String qualifiedName() {
    return bundle + "/" + name;
  }
}
