package org.gantry.recipes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.YamlValue.Mapping;

/** The way from a recipe's text to a checked training graph; a service of the framework. */
public interface Recipes {

  /**
   * A recipe that comes with the distribution.
   *
   * @param name the name to use on the command line
   * @param summary its first line
   * @param file where it lies
   */
  record BundledRecipe(String name, String summary, Path file) {}

  /**
   * A change of a recipe, made on the command line or while it trains.
   *
   * @param path where in the recipe, such as {@code regularizers[0].instance-noise.sigma} or {@code
   *     loss}; an index can be left out where the name is unique: {@code
   *     regularizers.instance-noise.sigma}
   * @param value the value as YAML; empty for a removal
   * @param removes whether an element of a list is taken out of it
   */
  record Change(String path, String value, boolean removes) {

    /** Another value. */
    public Change(String path, String value) {
      this(path, value, false);
    }

    /** One component less in a list. */
    public static Change removalOf(String path) {
      return new Change(path, "", true);
    }

    /** As a clause, such as {@code loss is hinge}. */
    @Override
    public String toString() {
      return removes ? path + " is removed" : path + " is " + value.strip();
    }
  }

  /** The recipes that come with the distribution. */
  List<BundledRecipe> bundled();

  /**
   * Reads, checks and composes a recipe. Starts the engine once everything but the fit is checked.
   *
   * @param recipe a bundled name or a file
   * @param changes applied in order, to paths that exist or could
   * @throws RecipeException if the recipe cannot be used
   */
  ComposedRecipe compose(String recipe, List<Change> changes);

  /**
   * Checks and composes a recipe that is part of another text, such as that of an experiment.
   *
   * @param name the recipe's name, unless it gives itself one
   * @param recipe as read; problems are told with its places
   * @param changes applied in order
   * @throws RecipeException if the recipe cannot be used
   */
  ComposedRecipe compose(String name, Mapping recipe, List<Change> changes);

  /**
   * The same recipes, in which a version that is not installed gives way to those that are. For
   * recipes of which it is known by other means what they were made with.
   */
  Recipes acceptingAnyVersion();

  /**
   * The options of a component, in the order of its record.
   *
   * @return empty for a component without options
   * @throws org.gantry.components.ComponentException if the class cannot be loaded
   */
  List<OptionInfo> options(ComponentInfo component);

  /**
   * Binds the options of a component outside of any recipe, as strictly as in one.
   *
   * @param file a YAML file with nothing but the options, whose paths are relative to its folder;
   *     empty for the defaults
   * @return empty for a component without options
   * @throws RecipeException if an option is missing, unknown or out of range, or the file cannot be
   *     read
   */
  Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file);

  /**
   * The installed component that a reference means.
   *
   * @param kind the kind, such as {@code loss}
   * @param reference {@code NAME}, {@code BUNDLE/NAME}, and either with {@code @RANGE}, as recipes
   *     write it
   * @throws RecipeException if there is no such kind or component, or several; with the same words
   *     as for a recipe that says so
   */
  ComponentInfo resolveComponent(String kind, String reference);

  /** The JSON schema of recipes over the components installed right now. */
  String jsonSchema();
}
