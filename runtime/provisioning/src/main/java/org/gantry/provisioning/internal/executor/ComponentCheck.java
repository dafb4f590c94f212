package org.gantry.provisioning.internal.executor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.ErrorText;

/**
 * Whether the components of a plugin are what its manifest says: their classes load, agree and
 * initialise, and those without options can be created.
 *
 * @param components those of the running host
 * @param limit how long one may take
 */
public record ComponentCheck(ComponentRegistry components, Duration limit) {

  /** What is wrong with the first component that does not work; empty if all do. */
  Optional<String> firstProblem(String bundle, String version) {
    List<ComponentInfo> declared =
        components.all().stream()
            .filter(c -> c.bundle().equals(bundle) && c.bundleVersion().equals(version))
            .toList();
    try (TimeLimit guard = new TimeLimit(limit)) {
      for (ComponentInfo component : declared) {
        try {
          guard.run(() -> tried(component));
        } catch (TimeLimit.CodeFailure e) {
          return Optional.of(
              e.getCause() instanceof ComponentException failure
                  ? told(failure)
                  : "%s/%s of %s %s does not work: %s"
                      .formatted(
                          component.kind(), component.name(), bundle, version, e.getMessage()));
        }
      }
    }
    return Optional.empty();
  }

  /** What a component says, with what lies behind it where that is something else. */
  private static String told(ComponentException failure) {
    Throwable root = ErrorText.rootCause(failure);
    String message = failure.getMessage();
    return root.getMessage() == null || message.contains(root.getMessage())
        ? message
        : message + ": " + ErrorText.of(root);
  }

  private boolean tried(ComponentInfo component) throws ClassNotFoundException {
    Optional<Class<? extends Record>> options = components.optionsType(component);
    if (options.isEmpty()) {
      return components.create(component, Object.class, Optional.empty()) != null;
    }
    Class<?> type = options.get().getEnclosingClass();
    return Class.forName(type.getName(), true, type.getClassLoader()) != null;
  }
}
