package org.gantry.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a component of a composition comes from, for messages, drawings and the record of a run.
 *
 * @param kind the component's kind
 * @param name the component's name
 * @param version the component's version
 * @param bundle the symbolic name and version of the bundle that contributes it
 * @param takes its input ports
 * @param gives its output ports
 * @param where the place in the recipe that names it, as {@code file:line:column}; empty if the
 *     recipe does not name it
 * @param parts the components among its options, by the path of the option such as {@code of} or
 *     {@code parts[0]}, in order
 */
public record ComponentOrigin(
    String kind,
    String name,
    String version,
    String bundle,
    List<String> takes,
    List<String> gives,
    String where,
    Map<String, ComponentOrigin> parts) {

  /** Copies the collections. */
  public ComponentOrigin {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Creates the origin of a component that has no components among its options. */
  public ComponentOrigin(
      String kind,
      String name,
      String version,
      String bundle,
      List<String> takes,
      List<String> gives,
      String where) {
    this(kind, name, version, bundle, takes, gives, where, Map.of());
  }

  /**
   * Returns the components among its options and theirs, by the path of the option such as {@code
   * of.parts[0]}; an outer one comes before its own.
   */
  public Map<String, ComponentOrigin> allParts() {
    Map<String, ComponentOrigin> all = new LinkedHashMap<>();
    parts.forEach(
        (path, part) -> {
          all.put(path, part);
          part.allParts().forEach((inner, origin) -> all.put(path + "." + inner, origin));
        });
    return all;
  }

  /** Kind and name, such as {@code loss/hinge}. */
  public String label() {
    return kind + "/" + name;
  }
}
