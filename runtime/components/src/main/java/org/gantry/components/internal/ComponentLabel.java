package org.gantry.components.internal;

import org.gantry.components.ComponentInfo;

/** Names components in messages. */
final class ComponentLabel {

  private ComponentLabel() {}

  /** Returns a label such as {@code loss/hinge 1.0.0 of bundle org.gantry.plugin.hinge 0.1.0}. */
  static String of(ComponentInfo component) {
    return "%s/%s %s of bundle %s %s"
        .formatted(
            component.kind(),
            component.name(),
            component.version(),
            component.bundle(),
            component.bundleVersion());
  }
}
