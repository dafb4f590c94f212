package org.gantry.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.kind.ComponentKindInfo;
import org.gantry.kind.KindCardinality;
import org.gantry.kind.KindTable;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;

/**
 * Completes changes of recipes, {@code PATH=VALUE}: the keys that hold components, their options,
 * the components among these, and the names of components.
 *
 * @param components the installed components
 * @param recipes knows their options
 */
record ChangeCompletion(ComponentRegistry components, Recipes recipes) {

  private static final Pattern STAGE = Pattern.compile("^stages\\.[^.=]+\\.");
  private static final Pattern INDEX = Pattern.compile("\\[[^]]*\\]");

  /** Returns the possible changes, including those that do not match the typed beginning. */
  List<String> completionsOf(String typed) {
    Matcher stage = STAGE.matcher(typed);
    if (stage.find()) {
      return completionsOf(typed.substring(stage.end())).stream()
          .map(change -> stage.group() + change)
          .toList();
    }
    int end = typed.indexOf('=');
    if (end < 0) {
      return Stream.concat(paths(), deeperPaths(typed)).toList();
    }
    String path = typed.substring(0, end);
    return place(path).flatMap(PathPlace::kind).stream()
        .flatMap(this::names)
        .map(name -> path + "=" + name)
        .toList();
  }

  /** The paths of the components of a recipe itself. */
  private static Stream<String> paths() {
    return KindTable.ofRecipes().stream()
        .map(ChangeCompletion::pathOf)
        .map(path -> path + "=")
        .sorted();
  }

  private static String pathOf(ComponentKindInfo kind) {
    return switch (kind.cardinality()) {
      case ONE, ONE_OR_NAMED -> kind.key();
      case LIST -> kind.key() + "[+]";
      case BY_ROLE -> kind.key() + "." + kind.name();
      case NONE -> throw new IllegalArgumentException(kind.name());
    };
  }

  /** The paths below the component that the typed beginning leads to. */
  private Stream<String> deeperPaths(String typed) {
    int last = typed.lastIndexOf('.');
    if (last < 0) {
      return Stream.empty();
    }
    String above = typed.substring(0, last);
    Optional<PathPlace> place = place(above);
    if (place.isEmpty()) {
      return Stream.empty();
    }
    if (place.get().component().isPresent()) {
      return options(place.get().component().get()).stream()
          .flatMap(option -> paths(above + "." + option.name(), option));
    }
    return place.get().kind().stream().flatMap(this::names).map(name -> above + "." + name + ".");
  }

  private static Stream<String> paths(String path, OptionInfo option) {
    return option.kind().isPresent() ? Stream.of(path + "=", path + ".") : Stream.of(path + "=");
  }

  private Stream<String> names(String kind) {
    return components.all().stream()
        .filter(c -> c.kind().equals(kind))
        .map(ComponentInfo::name)
        .distinct();
  }

  /**
   * Where a path leads: to a place for components of a kind, or to the options of a component.
   *
   * @param kind the kind of the place
   * @param component the component whose options these are
   */
  private record PathPlace(Optional<String> kind, Optional<ComponentInfo> component) {}

  private Optional<PathPlace> place(String path) {
    List<String> steps =
        new ArrayList<>(Arrays.asList(INDEX.matcher(path).replaceAll("").split("\\.", -1)));
    Optional<String> kind = rootKind(steps);
    return kind.flatMap(root -> place(root, String.join(".", steps)));
  }

  /** Removes the steps that lead to a component of the recipe itself, and returns its kind. */
  private static Optional<String> rootKind(List<String> steps) {
    String key = steps.remove(0);
    List<ComponentKindInfo> kinds = KindTable.atKey(key);
    if (kinds.isEmpty() || kinds.get(0).cardinality() != KindCardinality.BY_ROLE) {
      return kinds.stream().findFirst().map(ComponentKindInfo::name);
    }
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(steps.remove(0).split("-", -1));
    return kinds.stream().map(ComponentKindInfo::name).filter(words::contains).findFirst();
  }

  private Optional<PathPlace> place(String kind, String rest) {
    if (rest.isEmpty()) {
      return Optional.of(new PathPlace(Optional.of(kind), Optional.empty()));
    }
    String name = rest.replaceFirst("\\..*", "");
    Optional<ComponentInfo> component =
        components.all().stream()
            .filter(c -> c.kind().equals(kind) && c.name().equals(name))
            .findFirst();
    if (component.isEmpty() || name.equals(rest)) {
      return component.map(c -> new PathPlace(Optional.empty(), component));
    }
    String below = rest.substring(name.length() + 1);
    return options(component.get()).stream()
        .filter(option -> option.kind().isPresent())
        .filter(option -> (below + ".").startsWith(option.name() + "."))
        .findFirst()
        .flatMap(
            option ->
                place(
                    option.kind().get(),
                    below.substring(option.name().length()).replaceFirst("^\\.", "")));
  }

  private List<OptionInfo> options(ComponentInfo component) {
    try {
      return recipes.options(component);
    } catch (ComponentException e) {
      // A plugin that does not work has no options to complete.
      return List.of();
    }
  }
}
