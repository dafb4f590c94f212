package org.gantry.testkit.contract;

import java.util.List;
import java.util.function.Supplier;
import org.gantry.component.Component;

/**
 * A component to be tried.
 *
 * @param kind its kind
 * @param takes its input ports, in order
 * @param gives its output ports, in order
 * @param fresh makes another instance at each call, always with the same options
 */
public record Subject(String kind, List<String> takes, List<String> gives, Supplier<?> fresh) {

  /** Copies the lists. */
  public Subject {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /**
   * A component as its annotation describes it.
   *
   * @param fresh makes another instance at each call
   * @throws IllegalArgumentException if what it makes has no annotation
   */
  public static Subject of(Supplier<?> fresh) {
    Class<?> type = fresh.get().getClass();
    Component component = type.getAnnotation(Component.class);
    if (component == null) {
      throw new IllegalArgumentException(type.getName() + " is not annotated with @Component");
    }
    return new Subject(
        component.kind(), List.of(component.takes()), List.of(component.gives()), fresh);
  }

  /** Another instance, as the interface of its kind. */
  <T> T as(Class<T> type) {
    Object component = fresh.get();
    Expect.that(
        type.isInstance(component),
        "%s is no %s, as components of the kind %s are",
        component.getClass().getName(),
        type.getName(),
        kind);
    return type.cast(component);
  }
}
