package org.gantry.components.internal;

import java.util.List;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.kind.ComponentClassRules;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * The class of a component, which agrees with the manifest of its bundle.
 *
 * @param info the component as the manifest declares it
 * @param type the class
 * @param options the record type of its options, if it has any
 */
record LoadedComponent(
    ComponentInfo info, Class<?> type, Optional<Class<? extends Record>> options) {

  /**
   * Loads the class of a component.
   *
   * @throws ComponentException if the class cannot be loaded or disagrees with the manifest
   */
  static LoadedComponent load(ComponentInfo info, Bundle bundle) {
    try {
      Class<?> type = bundle.loadClass(info.type());
      requireAgreement(info, type);
      return new LoadedComponent(info, type, optionsOf(info, type));
    } catch (ClassNotFoundException e) {
      throw failure(info, "the bundle has no class " + info.type(), e);
    } catch (IllegalStateException e) {
      throw failure(info, "its bundle was uninstalled", e);
    } catch (LinkageError e) {
      // A class that it needs is missing or has another version.
      throw failure(info, info.type() + " cannot be linked: " + e.getMessage(), e);
    }
  }

  private static void requireAgreement(ComponentInfo info, Class<?> type) {
    Component annotation = type.getAnnotation(Component.class);
    if (annotation == null) {
      throw failure(info, type.getName() + " is not annotated with @Component", null);
    }
    requireEqual(info, "kind", info.kind(), annotation.kind());
    requireEqual(info, "name", info.name(), annotation.name());
    String own = annotation.version().isEmpty() ? info.bundleVersion() : annotation.version();
    requireEqual(info, "version", info.version(), version(info, own));
    requireEqual(info, "summary", info.summary(), annotation.summary());
    requireEqual(info, "paper", info.paper(), annotation.paper());
    requireEqual(info, "takes", info.takes(), List.of(annotation.takes()));
    requireEqual(info, "gives", info.gives(), List.of(annotation.gives()));
  }

  /** Returns a version as manifests write it, such as {@code 1.3.0} for {@code 1.3}. */
  private static String version(ComponentInfo info, String text) {
    try {
      return Version.parseVersion(text).toString();
    } catch (IllegalArgumentException e) {
      throw failure(info, "the version in its annotation is not valid: " + text, e);
    }
  }

  private static void requireEqual(
      ComponentInfo info, String what, Object declared, Object annotated) {
    if (!declared.equals(annotated)) {
      throw failure(
          info,
          "its manifest declares %s %s, but the annotation of %s declares %s; rebuild the bundle"
              .formatted(what, declared, info.type(), annotated),
          null);
    }
  }

  private static Optional<Class<? extends Record>> optionsOf(ComponentInfo info, Class<?> type) {
    Optional<String> problem = ComponentClassRules.problemOf(type);
    if (problem.isPresent()) {
      throw failure(info, problem.get(), null);
    }
    return ComponentClassRules.optionsOf(type).map(options -> options.asSubclass(Record.class));
  }

  /** Creates an exception whose message names the component, its bundle and the reason. */
  static ComponentException failure(ComponentInfo info, String reason, Throwable cause) {
    return new ComponentException(ComponentLabel.of(info) + " does not work: " + reason, cause);
  }
}
