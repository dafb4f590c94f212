package org.gantry.testkit.contract;

import java.util.List;
import java.util.function.Supplier;
import org.gantry.component.Component;

/**
 * A component to check.
 *
 * @param kind the kind of the component
 * @param takes the input ports, in order
 * @param gives the output ports, in order
 * @param factory creates a new instance at each call, always with the same options
 */
public record ContractSubject(
    String kind, List<String> takes, List<String> gives, Supplier<?> factory) {

  /** Copies the lists. */
  public ContractSubject {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /**
   * Creates a subject from the annotation of a component.
   *
   * @param factory creates a new instance at each call
   * @throws IllegalArgumentException if the class of the instance has no annotation {@link
   *     Component}
   */
  public static ContractSubject of(Supplier<?> factory) {
    Class<?> type = factory.get().getClass();
    Component component = type.getAnnotation(Component.class);
    if (component == null) {
      throw new IllegalArgumentException(type.getName() + " is not annotated with @Component");
    }
    return new ContractSubject(
        component.kind(), List.of(component.takes()), List.of(component.gives()), factory);
  }

  /** Creates a new instance. Fails unless it implements the interface of its kind. */
  <T> T create(Class<T> type) {
    Object component = factory.get();
    ContractAssertions.require(
        type.isInstance(component),
        "%s does not implement %s, the interface of components of the kind %s",
        component.getClass().getName(),
        type.getName(),
        kind);
    return type.cast(component);
  }
}
