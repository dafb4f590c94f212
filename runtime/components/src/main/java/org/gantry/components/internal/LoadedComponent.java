package org.gantry.components.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * A component's class, loaded through its bundle and found to be what the manifest says.
 *
 * @param info what the manifest says
 * @param type the class
 * @param options the record of its options, if it has any
 */
record LoadedComponent(
    ComponentInfo info, Class<?> type, Optional<Class<? extends Record>> options) {

  /**
   * Loads a component.
   *
   * @throws ComponentException if there is no such class or it disagrees with the manifest
   */
  static LoadedComponent load(ComponentInfo info, Bundle bundle) {
    try {
      Class<?> type = bundle.loadClass(info.type());
      check(info, type);
      return new LoadedComponent(info, type, optionsOf(info, type));
    } catch (ClassNotFoundException e) {
      throw failure(info, "the bundle has no class " + info.type(), e);
    } catch (IllegalStateException e) {
      throw failure(info, "its bundle was uninstalled", e);
    } catch (LinkageError e) {
      // The class is there, but one that it needs is not, or is of another version.
      throw failure(info, info.type() + " cannot be linked: " + e.getMessage(), e);
    }
  }

  private static void check(ComponentInfo info, Class<?> type) {
    Component annotation = type.getAnnotation(Component.class);
    if (annotation == null) {
      throw failure(info, type.getName() + " is not annotated with @Component", null);
    }
    agree(info, "kind", info.kind(), annotation.kind());
    agree(info, "name", info.name(), annotation.name());
    String own = annotation.version().isEmpty() ? info.bundleVersion() : annotation.version();
    agree(info, "version", info.version(), version(info, own));
    agree(info, "summary", info.summary(), annotation.summary());
    agree(info, "paper", info.paper(), annotation.paper());
    agree(info, "takes", info.takes(), List.of(annotation.takes()));
    agree(info, "gives", info.gives(), List.of(annotation.gives()));
  }

  /** In the manifest's form, in which {@code 1.3} is {@code 1.3.0}. */
  private static String version(ComponentInfo info, String text) {
    try {
      return Version.parseVersion(text).toString();
    } catch (IllegalArgumentException e) {
      throw failure(info, "its annotation's version " + text + " is no version", e);
    }
  }

  private static void agree(ComponentInfo info, String what, Object declared, Object annotated) {
    if (!declared.equals(annotated)) {
      throw failure(
          info,
          "its manifest says %s %s, the annotation of %s says %s; the bundle was not built from its"
                  .formatted(what, declared, info.type(), annotated)
              + " classes, so build it anew",
          null);
    }
  }

  private static Optional<Class<? extends Record>> optionsOf(ComponentInfo info, Class<?> type) {
    Optional<Class<?>> nested =
        Arrays.stream(type.getDeclaredClasses())
            .filter(candidate -> candidate.getSimpleName().equals("Options"))
            .findFirst();
    if (nested.isPresent() && !nested.get().isRecord()) {
      throw failure(info, nested.get().getName() + " is no record", null);
    }
    return nested.map(options -> options.asSubclass(Record.class));
  }

  /** The component does not work; the message begins with its name and its bundle's. */
  static ComponentException failure(ComponentInfo info, String reason, Throwable cause) {
    return new ComponentException(ComponentLabel.of(info) + " does not work: " + reason, cause);
  }
}
