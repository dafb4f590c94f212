package org.gantry.kind;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the host can create: a class whose only constructor for it takes at most its options. */
public final class ComponentClassRules {

  private static final String OPTIONS = "Options";

  private ComponentClassRules() {}

  /** Returns the nested class that holds the options of a component, if it has one. */
  public static Optional<Class<?>> optionsOf(Class<?> component) {
    return Arrays.stream(component.getDeclaredClasses())
        .filter(nested -> nested.getSimpleName().equals(OPTIONS))
        .findFirst();
  }

  /**
   * Returns why the host cannot create a component of a class.
   *
   * @return a clause; empty if it can
   */
  public static Optional<String> problemOf(Class<?> component) {
    Optional<Class<?>> options = optionsOf(component);
    if (options.isPresent() && !options.get().isRecord()) {
      return Optional.of(options.get().getName() + " is not a record");
    }
    return options
        .flatMap(record -> OptionTypeRules.problemOf(record.asSubclass(Record.class)))
        .or(() -> memberProblem(component))
        .or(() -> constructorProblem(component, options));
  }

  private static Optional<String> memberProblem(Class<?> component) {
    return Stream.concat(
            Arrays.stream(component.getDeclaredFields()).filter(ComponentClassRules::isInjected),
            Arrays.stream(component.getDeclaredMethods()).filter(ComponentClassRules::isInjected))
        .findFirst()
        .map(
            member ->
                "its member '%s' has the annotation @Inject, which only its constructor can have"
                    .formatted(member.getName()));
  }

  private static Optional<String> constructorProblem(
      Class<?> component, Optional<Class<?>> options) {
    List<Constructor<?>> all = List.of(component.getDeclaredConstructors());
    List<Constructor<?>> injected = all.stream().filter(ComponentClassRules::isInjected).toList();
    if (injected.size() > 1) {
      return Optional.of("several of its constructors have the annotation @Inject");
    }
    if (injected.isEmpty()) {
      return all.stream().anyMatch(c -> c.getParameterCount() == 0)
          ? Optional.empty()
          : Optional.of(
              "none of its constructors has the annotation @Inject, or no parameters; "
                  + allowed(options));
    }
    List<Class<?>> wanted = List.of(injected.get(0).getParameterTypes());
    boolean onlyOptions = options.map(record -> wanted.equals(List.of(record))).orElse(false);
    if (wanted.isEmpty() || onlyOptions) {
      return Optional.empty();
    }
    return Optional.of(
        "its constructor wants %s; %s"
            .formatted(
                wanted.stream().map(Class::getTypeName).collect(Collectors.joining(" and ")),
                allowed(options)));
  }

  private static String allowed(Optional<Class<?>> options) {
    return options.isPresent()
        ? "a constructor can take %s and nothing else".formatted(options.get().getTypeName())
        : "a constructor can take only the component's options, a record called Options that is"
            + " nested in the class";
  }

  /** By name, because the annotation may be Jakarta's or another one that injectors know. */
  private static boolean isInjected(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Inject"));
  }
}
