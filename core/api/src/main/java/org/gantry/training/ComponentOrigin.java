package org.gantry.training;

import java.util.List;

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
 */
public record ComponentOrigin(
    String kind,
    String name,
    String version,
    String bundle,
    List<String> takes,
    List<String> gives,
    String where) {

  /** Copies the lists. */
  public ComponentOrigin {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /** Kind and name, such as {@code loss/hinge}. */
  public String label() {
    return kind + "/" + name;
  }
}
