package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentRegistry;
import org.gantry.kind.KindTable;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.internal.RecipeFiles.RecipeSource;
import org.gantry.recipes.internal.composition.ComponentCreator;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * Reads files with one key, that of a kind, which holds a list of components.
 *
 * @param components the installed components
 * @param catalog the components that references resolve to
 * @param files reads files
 */
record ComponentList(ComponentRegistry components, ComponentCatalog catalog, RecipeFiles files) {

  /** Creates the components of a file. */
  <T> List<ListedComponent<T>> create(Path file, String kind, Class<T> type) {
    String key = KindTable.find(kind).orElseThrow().key();
    ProblemCollector problems = new ProblemCollector();
    Optional<RecipeSource> source = files.read(file.toAbsolutePath().toString(), problems);
    problems.throwIfAny();
    SourcePosition start = SourcePosition.startOf(file.toString(), source.get().start().folder());
    Optional<YamlValue> yaml = YamlReader.read(source.get().text(), start, problems);
    problems.throwIfAny();
    List<YamlValue> written = items(yaml.orElseThrow(), kind, key, problems);
    problems.throwIfAny();
    ComponentResolver resolver = new ComponentResolver(components, catalog, problems);
    ComponentCreator creator = new ComponentCreator(components, problems);
    List<ListedComponent<T>> created = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Optional<ComponentChoice> choice =
          resolver.resolve(kind, written.get(i), "%s[%d]".formatted(key, i));
      choice
          .flatMap(chosen -> creator.create(type, chosen))
          .ifPresent(
              bound ->
                  created.add(
                      new ListedComponent<>(
                          bound.component(),
                          choice.get().path() + "." + choice.get().component().name(),
                          choice.get().position())));
    }
    problems.throwIfAny();
    return created;
  }

  private static List<YamlValue> items(
      YamlValue yaml, String kind, String key, ProblemCollector problems) {
    String form = "Write '%s:', and below it '- NAME: {option: value}'.".formatted(key);
    if (!(yaml instanceof Mapping mapping) || mapping.entry(key).isEmpty()) {
      List<String> keys = yaml instanceof Mapping mapping ? mapping.keys() : List.of();
      problems.add(
          yaml.position(),
          "The file has no " + MessageText.quoted(key) + ".",
          keys.stream()
                  .map(other -> NearestName.suggestion(other, List.of(key)))
                  .findFirst()
                  .orElse("")
              + form);
      return List.of();
    }
    for (MappingEntry other : mapping.entries()) {
      if (!other.key().equals(key)) {
        problems.add(
            other.position(),
            "The file has no key " + MessageText.quoted(other.key()) + ".",
            "Its only key is " + MessageText.quoted(key) + ".");
      }
    }
    YamlValue value = mapping.get(key).orElseThrow();
    if (value instanceof Sequence list && !list.items().isEmpty()) {
      return list.items();
    }
    problems.addUnexpected(
        value.position(),
        MessageText.quoted(key) + " expects",
        "a list of at least one " + kind,
        value instanceof Sequence ? "an empty list" : value.description(),
        form);
    return List.of();
  }
}
