package org.gantry.recipes.internal.edit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.recipes.internal.edit.RecipePath.PathStep;
import org.gantry.recipes.internal.options.ComponentReference;
import org.gantry.recipes.internal.options.OptionDeclaration;
import org.gantry.recipes.internal.options.OptionType;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * Replaces components and changes their options, and those of the components among the options.
 *
 * @param path the path of the changed value
 * @param position the position of everything that the change adds
 * @param installed the options of the installed components
 */
record ComponentEditor(RecipePath path, SourcePosition position, InstalledOptions installed) {

  /** Changes an item of a list of components. */
  interface ItemEdit {
    YamlValue apply(YamlValue item, List<PathStep> rest) throws EditRefusedException;
  }

  /** Replaces a component or changes its options; the path may contain the component's name. */
  YamlValue setComponent(
      String kind, Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    MappingEntry component = nameWithOptions(current);
    String name = ComponentReference.nameIn(component.key());
    String first = rest.get(0).key();
    Mapping options =
        component.value() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(component.value().position());
    List<PathStep> optionPath = rest;
    if (first.equals(name)) {
      if (rest.size() == 1 && !(value instanceof Mapping)) {
        throw new EditRefusedException(
            "%s holds the options of %s."
                .formatted(MessageText.quoted(path.text()), MessageText.quoted(name)),
            "To change one option, add its name to the path; to change the component, remove "
                + MessageText.quoted(name)
                + " from the path.");
      }
      optionPath = below(rest);
    } else if (rest.size() > 1 && installed.hasName(first) && options.entry(first).isEmpty()) {
      throw new EditRefusedException(
          "The recipe has %s there, not %s."
              .formatted(MessageText.quoted(name), MessageText.quoted(first)),
          "Write '%s', or put '--set %s=%s' before it."
              .formatted(
                  path.text().replaceFirst(Pattern.quote(first), name),
                  path.before("." + first),
                  first));
    }
    YamlValue changed =
        setOptions(installed.of(kind, component.key()), Optional.of(options), optionPath, value);
    return new Mapping(
        List.of(new MappingEntry(component.key(), component.position(), changed)),
        component.position());
  }

  /** Changes an option of a record, which may hold components. */
  private YamlValue setOptions(
      List<OptionDeclaration> declared,
      Optional<YamlValue> current,
      List<PathStep> rest,
      YamlValue value)
      throws EditRefusedException {
    Optional<OptionDeclaration> option =
        rest.stream()
            .findFirst()
            .filter(step -> !step.bracketed())
            .flatMap(
                step -> declared.stream().filter(o -> o.name().equals(step.key())).findFirst());
    if (option.isEmpty() || rest.size() == 1) {
      return setPlain(current, rest, value);
    }
    Mapping options = mapping(current);
    Optional<YamlValue> before =
        options.get(option.get().name()).or(() -> defaultValue(option.get()));
    return options.with(
        option.get().name(), setValue(option.get().type(), before, below(rest), value));
  }

  private YamlValue setValue(
      OptionType type, Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (type instanceof OptionType.ComponentType component) {
      return setComponent(component.kind(), current, rest, value);
    } else if (type instanceof OptionType.ListType many
        && many.element() instanceof OptionType.ComponentType component) {
      return setInList(
          current,
          rest,
          value,
          (item, inner) -> setComponent(component.kind(), Optional.of(item), inner, value));
    } else if (type instanceof OptionType.RecordType group) {
      return setOptions(OptionDeclaration.of(group.type()), current, rest, value);
    }
    return setPlain(current, rest, value);
  }

  private Optional<YamlValue> defaultValue(OptionDeclaration option) {
    return option
        .defaultValue()
        .flatMap(text -> YamlReader.read(text, position, new ProblemCollector()));
  }

  MappingEntry nameWithOptions(Optional<YamlValue> component) throws EditRefusedException {
    if (component.isPresent()) {
      if (component.get() instanceof Scalar name && !name.isNull()) {
        return new MappingEntry(name.text(), name.position(), Mapping.empty(name.position()));
      }
      if (component.get() instanceof Mapping mapping && mapping.entries().size() == 1) {
        return mapping.entries().get(0);
      }
    }
    throw new EditRefusedException(
        "The recipe names no component at " + MessageText.quoted(path.parent()) + ".",
        "Set the component first: --set " + path.parent() + "=NAME.");
  }

  /** Replaces a list of components, appends to it, or changes an item. */
  YamlValue setInList(
      Optional<YamlValue> current, List<PathStep> rest, YamlValue value, ItemEdit edit)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Sequence list = list(current);
    PathStep first = rest.get(0);
    if (first.appends() && rest.size() == 1) {
      return list.with(value);
    }
    if (first.bracketed()) {
      int index = ListIndex.of(first, list);
      return list.with(index, edit.apply(list.items().get(index), below(rest)));
    }
    int index =
        ListIndex.ofComponent(
            first.key(),
            list,
            "To add it, write --set " + path.before("." + first.key()) + "[+]=NAME.");
    return list.with(index, edit.apply(list.items().get(index), rest));
  }

  /** Follows keys and indices below which there are no components. */
  YamlValue setPlain(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    PathStep first = rest.get(0);
    List<PathStep> below = below(rest);
    if (first.bracketed()) {
      if (current.isEmpty() || !(current.get() instanceof Sequence list)) {
        throw new EditRefusedException(
            "The recipe has no list before " + MessageText.quoted(first.toString()) + ".",
            "Set the whole list: --set " + path.before(first.toString()) + "=[a, b].");
      }
      if (first.appends() && below.isEmpty()) {
        return list.with(value);
      }
      int index = ListIndex.of(first, list);
      return list.with(index, setPlain(Optional.of(list.items().get(index)), below, value));
    }
    if (current.isPresent() && !(current.get() instanceof Mapping) && !current.get().isNull()) {
      throw new EditRefusedException(
          "%s has no key %s."
              .formatted(current.get().description(), MessageText.quoted(first.key())),
          "Shorten the path.");
    }
    Mapping mapping = mapping(current);
    return mapping.with(first.key(), setPlain(mapping.get(first.key()), below, value));
  }

  /** Returns a list; an empty one if the value is not a list. */
  Sequence list(Optional<YamlValue> value) {
    return value.isPresent() && value.get() instanceof Sequence sequence
        ? sequence
        : new Sequence(List.of(), position);
  }

  /** Returns a mapping; an empty one if the value is not a mapping. */
  Mapping mapping(Optional<YamlValue> value) {
    return value.isPresent() && value.get() instanceof Mapping mapping
        ? mapping
        : Mapping.empty(position);
  }

  /** Returns the steps of a path after the first. */
  static List<PathStep> below(List<PathStep> steps) {
    return steps.subList(1, steps.size());
  }
}
