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
 * @param factory makes another instance at each call, always with the same options
 */
public record ContractSubject(
    String kind, List<String> takes, List<String> gives, Supplier<?> factory) {

  /** Copies the lists. */
  public ContractSubject {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /**
   * A component as its annotation describes it.
   *
   * @param fresh makes another instance at each call
   * @throws IllegalArgumentException if what it makes has no annotation
   */
  public static ContractSubject of(Supplier<?> fresh) {
    Class<?> type = fresh.get().getClass();
    Component component = type.getAnnotation(Component.class);
    if (component == null) {
      throw new IllegalArgumentException(type.getName() + " is not annotated with @Component");
    }
    return new ContractSubject(
        component.kind(), List.of(component.takes()), List.of(component.gives()), fresh);
  }

  /** Another instance, as the interface of its kind. */
  <T> T create(Class<T> type) {
    Object component = factory.get();
    ContractAssertions.require(
        type.isInstance(component),
        "%s is no %s, as components of the kind %s are",
        component.getClass().getName(),
        type.getName(),
        kind);
    return type.cast(component);
  }
}
