package org.gantry.kind;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The constraints of Jakarta Validation that options can have. They are compared by name, because
 * the annotations are not part of the API.
 */
public final class OptionConstraintRules {

  /** The simple names of the constraints that recipes check. */
  public static final List<String> SUPPORTED =
      List.of(
          "Positive",
          "PositiveOrZero",
          "Negative",
          "NegativeOrZero",
          "Min",
          "Max",
          "DecimalMin",
          "DecimalMax",
          "Size",
          "NotEmpty",
          "NotBlank",
          "NotNull");

  private static final String CONSTRAINT = "jakarta.validation.Constraint";
  private static final String PACKAGE = "jakarta.validation.constraints.";

  private OptionConstraintRules() {}

  /**
   * Returns why an option, or an element of it, cannot have one of its constraints.
   *
   * @return a clause such as {@code the constraint @Pattern is not supported; use ...}; empty if it
   *     can
   */
  public static Optional<String> problemOf(RecordComponent option) {
    // Jakarta's constraints cannot be on a record component; javac puts them on the accessor.
    return Stream.concat(
            Stream.of(option.getAccessor().getAnnotations()), ofElements(option.getAnnotatedType()))
        .filter(OptionConstraintRules::isConstraint)
        .map(Annotation::annotationType)
        .filter(type -> !isSupported(type))
        .findFirst()
        .map(
            type ->
                "the constraint @%s is not supported; use @%s, or check the value in the constructor of the record"
                    .formatted(type.getSimpleName(), String.join(", @", SUPPORTED)));
  }

  private static Stream<Annotation> ofElements(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType list
        ? Arrays.stream(list.getAnnotatedActualTypeArguments())
            .flatMap(
                element -> Stream.concat(Stream.of(element.getAnnotations()), ofElements(element)))
        : Stream.of();
  }

  private static boolean isConstraint(Annotation annotation) {
    return Stream.of(annotation.annotationType().getAnnotations())
        .anyMatch(on -> on.annotationType().getName().equals(CONSTRAINT));
  }

  private static boolean isSupported(Class<?> constraint) {
    return constraint.getName().equals(PACKAGE + constraint.getSimpleName())
        && SUPPORTED.contains(constraint.getSimpleName());
  }
}
