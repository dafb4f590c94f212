package org.gantry.recipes.internal.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.recipes.internal.options.BoundOptions.OptionValue;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * Binds the options in a recipe to a record. Binding is strict: an unknown option, a missing one,
 * or a value of the wrong type or out of range is a problem.
 */
public final class OptionBinder {

  private final ProblemCollector problems;
  private final ComponentValues components;
  private final ScalarBinder scalars;

  /**
   * Creates a binder.
   *
   * @param problems receives what is wrong
   * @param components resolves the components that are values of options
   */
  public OptionBinder(ProblemCollector problems, ComponentValues components) {
    this.problems = problems;
    this.components = components;
    this.scalars = new ScalarBinder(problems);
  }

  /** Creates a binder of options that do not hold components. */
  public OptionBinder(ProblemCollector problems) {
    this(problems, ComponentValues.NONE);
  }

  /**
   * Binds options that do not hold components to a record.
   *
   * @param owner the path of the options' owner in the recipe
   * @param position where the owner is written
   * @return empty if there were problems
   */
  public <T extends Record> Optional<T> bind(
      Class<T> type, Mapping options, String owner, SourcePosition position) {
    return bindOptions(type, options, owner, position)
        .flatMap(bound -> bound.create(choice -> Optional.empty(), problems))
        .map(type::cast);
  }

  /**
   * Checks options without creating their components. A record without components is constructed
   * once, so that it can check one option against another.
   *
   * @param owner the path of the options' owner in the recipe
   * @param position where the owner is written
   * @return empty if there were problems
   */
  public Optional<BoundOptions> bindOptions(
      Class<? extends Record> type, Mapping options, String owner, SourcePosition position) {
    List<OptionDeclaration> declared;
    try {
      declared = OptionDeclaration.of(type);
    } catch (IllegalArgumentException e) {
      problems.add(
          position,
          MessageText.quoted(owner) + " cannot be used: " + e.getMessage() + ".",
          "This is a bug in the plugin; report it to the author.");
      return Optional.empty();
    }
    refuseUnknownOptions(declared, options, owner);
    List<OptionValue> values = new ArrayList<>();
    for (OptionDeclaration option : declared) {
      value(option, options, owner, position)
          .ifPresent(value -> values.add(new OptionValue(option.name(), value)));
    }
    if (values.size() < declared.size()) {
      return Optional.empty();
    }
    BoundOptions bound = new BoundOptions(type, values, owner, position);
    boolean accepted =
        !bound.components().isEmpty()
            || bound.create(choice -> Optional.empty(), problems).isPresent();
    return accepted ? Optional.of(bound) : Optional.empty();
  }

  private void refuseUnknownOptions(
      List<OptionDeclaration> declared, Mapping options, String owner) {
    List<String> names = declared.stream().map(OptionDeclaration::name).toList();
    for (MappingEntry entry : options.entries()) {
      if (!names.contains(entry.key())) {
        problems.addExpecting(
            entry.position(),
            MessageText.quoted(owner) + " has no option " + MessageText.quoted(entry.key()) + ".",
            MessageText.quoted(names, "or"),
            names.isEmpty()
                ? "It has no options."
                : NearestName.suggestion(entry.key(), names)
                    + (names.size() == 1 ? "Its only option is " : "Its options are ")
                    + MessageText.quoted(names, "and")
                    + ".");
      }
    }
  }

  private Optional<Object> value(
      OptionDeclaration option, Mapping options, String owner, SourcePosition position) {
    String path = owner + "." + option.name();
    Optional<YamlValue> written = options.get(option.name());
    if (written.isPresent()) {
      return value(option.type(), option.limits(), written.get(), path, option.defaultValue());
    }
    if (option.defaultValue().isEmpty()) {
      problems.addExpecting(
          position,
          MessageText.quoted(owner)
              + " needs the option "
              + MessageText.quoted(option.name())
              + (option.doc().isEmpty() ? "" : " (" + option.doc() + ")")
              + ".",
          MessageText.withArticle(option.type().noun()),
          "Add '"
              + option.name()
              + ": ...' to its options; it is "
              + MessageText.withArticle(option.type().noun())
              + ".");
      return Optional.empty();
    }
    ProblemCollector defaultProblems = new ProblemCollector();
    Optional<Object> value =
        defaultValue(option, position, defaultProblems)
            .flatMap(
                yaml ->
                    new OptionBinder(defaultProblems, components.ofDefaults(defaultProblems))
                        .value(option.type(), option.limits(), yaml, path, Optional.empty()));
    if (!defaultProblems.isEmpty()) {
      addDefaultProblem(path, position, defaultProblems.sorted().get(0));
      return Optional.empty();
    }
    return value;
  }

  private void addDefaultProblem(String path, SourcePosition position, InputProblem problem) {
    if (problem.missing().isPresent()) {
      problems.addMissing(
          position,
          "The default of " + MessageText.quoted(path) + " cannot be used: " + problem.message(),
          List.of(),
          "Set the option. " + problem.fix(),
          problem.missing().get());
      return;
    }
    problems.add(
        position,
        "The default of " + MessageText.quoted(path) + " is invalid: " + problem.message(),
        "This is a bug in the plugin; set the option, and report the bug to the author.");
  }

  /** Reads a default as YAML, except that an empty default is an empty text and not null. */
  private static Optional<YamlValue> defaultValue(
      OptionDeclaration option, SourcePosition position, ProblemCollector defaultProblems) {
    String text = option.defaultValue().orElseThrow();
    return text.isEmpty()
        ? Optional.of(new Scalar("", false, position))
        : YamlReader.read(text, position, defaultProblems);
  }

  private Optional<Object> value(
      OptionType type,
      OptionLimits limits,
      YamlValue value,
      String path,
      Optional<String> defaultValue) {
    if (type instanceof OptionType.RecordType group) {
      if (value instanceof Mapping || value.isNull()) {
        Mapping options = value instanceof Mapping m ? m : Mapping.empty(value.position());
        return bindOptions(group.type(), options, path, value.position()).map(Object.class::cast);
      }
      return scalars.wrongType(type, value, path, "Write '{key: value, ...}'.");
    }
    if (type instanceof OptionType.ComponentType component) {
      return components.resolve(component, value, path).map(Object.class::cast);
    }
    if (type instanceof OptionType.ListType many) {
      if (!(value instanceof Sequence list)) {
        return scalars.wrongType(type, value, path, "Write '[a, b]', or '[a]' for a single value.");
      }
      return list(many, limits, list, path, defaultValue);
    }
    if (!(value instanceof Scalar scalar) || scalar.isNull()) {
      return scalars.wrongType(type, value, path, ScalarBinder.defaultFix(defaultValue));
    }
    return scalars.single(type, limits, scalar, path, defaultValue);
  }

  private Optional<Object> list(
      OptionType.ListType type,
      OptionLimits limits,
      Sequence list,
      String path,
      Optional<String> defaultValue) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      value(
              type.element(),
              type.limits(),
              list.items().get(i),
              path + "[" + i + "]",
              Optional.empty())
          .ifPresent(elements::add);
    }
    if (!limits.allowsSize(list.items().size())) {
      return scalars.wrongSize(
          type, limits, list.items().size(), list.position(), path, defaultValue);
    }
    return elements.size() == list.items().size()
        ? Optional.of(List.copyOf(elements))
        : Optional.empty();
  }
}
