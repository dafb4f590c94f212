package org.gantry.recipes.internal;

import org.gantry.components.ComponentInfo;

/** Writes regular expressions, valid in any dialect, for references to components. */
final class ReferencePattern {

  private ReferencePattern() {}

  /**
   * Returns a pattern for references to a component other than its plain name: those with a version
   * and those with the bundle. The name is a property of the schema, and validators in strict mode
   * refuse a property that a pattern matches, too.
   *
   * @param unique whether no other component has the name; otherwise the property has the bundle
   */
  static String of(ComponentInfo component, boolean unique) {
    String qualified = literal(component.bundle() + "/" + component.name());
    return unique
        ? "^(" + qualified + "(@.+)?|" + literal(component.name()) + "@.+)$"
        : "^" + qualified + "@.+$";
  }

  private static String literal(String text) {
    return text.replaceAll("([^A-Za-z0-9_/-])", "\\\\$1");
  }
}
