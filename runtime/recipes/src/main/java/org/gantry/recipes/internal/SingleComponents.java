package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.internal.RecipeFiles.RecipeSource;
import org.gantry.recipes.internal.composition.ComponentCreator;
import org.gantry.recipes.internal.edit.RecipeEditor;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.training.BoundComponent;

/**
 * Finds and creates single components by the rules of recipes.
 *
 * @param components the installed components
 * @param catalog the components that references resolve to
 * @param files reads files of options
 * @param workingFolder paths on the command line are relative to it
 */
record SingleComponents(
    ComponentRegistry components, ComponentCatalog catalog, RecipeFiles files, Path workingFolder) {

  /** Creates a component that a resolved recipe records. */
  <T> BoundComponent<T> createRecorded(String source, String yaml, String key, Class<T> type) {
    ProblemCollector problems = new ProblemCollector();
    SourcePosition start = SourcePosition.startOf(source, workingFolder);
    Mapping recipe = RecipeText.readMapping(yaml, start, problems);
    problems.throwIfAny();
    if (recipe.get(key).isEmpty()) {
      problems.add(start, "The recipe has no " + MessageText.quoted(key) + ".", "");
      problems.throwIfAny();
    }
    YamlValue recorded = mainComponent(key, recipe.get(key).get());
    Optional<BoundComponent<T>> component =
        new ComponentResolver(components, catalog, problems)
            .resolve(RecipeFormat.SINGLE_KINDS.get(key), recorded, key)
            .flatMap(choice -> new ComponentCreator(components, problems).create(type, choice));
    problems.throwIfAny();
    return component.orElseThrow();
  }

  /**
   * Returns the main one of several components by name: the default loss, or the first data set.
   */
  private static YamlValue mainComponent(String key, YamlValue written) {
    return RecipeFormat.holdsNames(key, Optional.of(written)) && written instanceof Mapping named
        ? named.get(RecipeFormat.DEFAULT_LOSS).orElse(named.entries().get(0).value())
        : written;
  }

  /** Creates the component of a key with options. */
  <T> T create(String key, String reference, List<Change> options, Class<T> type) {
    ProblemCollector problems = new ProblemCollector();
    SourcePosition argument = new SourcePosition(reference, 0, 0, workingFolder);
    Mapping values = Mapping.empty(argument);
    for (Change option : options) {
      SourcePosition position = RecipeEditor.position(option, workingFolder);
      Optional<YamlValue> value = YamlReader.read(option.value(), position, problems);
      values = value.isPresent() ? values.with(option.path(), value.get()) : values;
    }
    problems.throwIfAny();
    Optional<BoundComponent<T>> component =
        new ComponentResolver(components, catalog, problems)
            .resolve(
                RecipeFormat.SINGLE_KINDS.get(key),
                Mapping.empty(argument).with(reference, values),
                key)
            .flatMap(choice -> new ComponentCreator(components, problems).create(type, choice));
    problems.throwIfAny();
    return component.orElseThrow().component();
  }

  /** Binds the options of a component. */
  Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
    Optional<Class<? extends Record>> type = components.optionsType(component);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    ProblemCollector problems = new ProblemCollector();
    Mapping yaml = Mapping.empty(new SourcePosition(component.name(), 0, 0, workingFolder));
    if (file.isPresent()) {
      Optional<RecipeSource> source = files.read(file.get().toString(), problems);
      problems.throwIfAny();
      yaml =
          YamlReader.read(source.get().text(), source.get().start(), problems)
              .flatMap(value -> RecipeText.asMapping(value, problems))
              .orElse(yaml);
    }
    ComponentResolver resolver = new ComponentResolver(components, catalog, problems);
    ComponentCreator creator = new ComponentCreator(components, problems);
    Optional<Record> options =
        new OptionBinder(problems, resolver)
            .bindOptions(type.get(), yaml, component.name(), yaml.position())
            .flatMap(bound -> bound.create(creator::createPart, problems));
    problems.throwIfAny();
    return options;
  }

  /** Resolves a reference to an installed component. */
  ComponentInfo resolve(String kind, String reference) {
    ProblemCollector problems = new ProblemCollector();
    SourcePosition argument = new SourcePosition(kind + "/" + reference, 0, 0, workingFolder);
    if (!catalog.kinds().contains(kind)) {
      List<String> kinds = List.copyOf(catalog.kinds());
      problems.addExpecting(
          argument,
          "There is no kind of component called " + MessageText.quoted(kind) + ".",
          MessageText.quoted(kinds, "or"),
          NearestName.suggestion(kind, kinds) + "Kinds: " + MessageText.quoted(kinds, "and") + ".");
      problems.throwIfAny();
    }
    Optional<ComponentInfo> component = catalog.resolve(kind, reference, kind, argument, problems);
    problems.throwIfAny();
    return component.orElseThrow();
  }
}
