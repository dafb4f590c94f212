package org.gantry.provisioning.internal.executor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TimeLimit;

/**
 * Checks that the components of a plugin match its manifest: their classes load and initialize, and
 * components without options can be created.
 *
 * @param components the components of the running host
 * @param limit how long the check of one component may take
 * @param notices receives sentences about what is being waited for
 */
record ComponentCheck(ComponentRegistry components, Duration limit, Consumer<String> notices) {

  /** The problem of the first component that does not work; empty if all work. */
  Optional<String> firstProblem(String bundle, String version) {
    List<ComponentInfo> declared =
        components.all().stream()
            .filter(c -> c.bundle().equals(bundle) && c.bundleVersion().equals(version))
            .toList();
    try (TimeLimit timeLimit = new TimeLimit(limit, notices)) {
      for (ComponentInfo component : declared) {
        try {
          timeLimit.run(component.kind() + "/" + component.name(), () -> load(component));
        } catch (TimeLimit.PluginCodeException e) {
          return Optional.of(
              e.getCause() instanceof ComponentException failure
                  ? describe(failure)
                  : "%s/%s of %s %s does not work: %s"
                      .formatted(
                          component.kind(), component.name(), bundle, version, e.getMessage()));
        }
      }
    }
    return Optional.empty();
  }

  /** The message of a failure, with its root cause unless that is part of it. */
  private static String describe(ComponentException failure) {
    Throwable root = ErrorText.rootCause(failure);
    String message = failure.getMessage();
    return root.getMessage() == null || message.contains(root.getMessage())
        ? message
        : message + ": " + ErrorText.of(root);
  }

  private boolean load(ComponentInfo component) throws ClassNotFoundException {
    Optional<Class<? extends Record>> options = components.optionsType(component);
    if (options.isEmpty()) {
      return components.create(component, Object.class, Optional.empty()) != null;
    }
    Class<?> type = options.get().getEnclosingClass();
    return Class.forName(type.getName(), true, type.getClassLoader()) != null;
  }
}
