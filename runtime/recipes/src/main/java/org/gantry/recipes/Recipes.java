package org.gantry.recipes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.training.BoundComponent;

/** Composes recipes into checked training graphs; an OSGi service. */
public interface Recipes {

  /**
   * A recipe that comes with Gantry.
   *
   * @param name its name on the command line
   * @param summary the first line of its comment
   * @param file its file
   */
  record BundledRecipe(String name, String summary, Path file) {}

  /**
   * A change of a recipe, made on the command line or during training.
   *
   * @param path the path of the value, such as {@code loss} or {@code
   *     regularizers[0].instance-noise.sigma}; the index is optional where the name is unique:
   *     {@code regularizers.instance-noise.sigma}
   * @param value the new value as YAML; empty for a removal
   * @param removes whether the change removes an element of a list
   */
  record Change(String path, String value, boolean removes) {

    /** Creates a change that sets a value. */
    public Change(String path, String value) {
      this(path, value, false);
    }

    /** Creates a change that removes a component from a list. */
    public static Change removalOf(String path) {
      return new Change(path, "", true);
    }

    /** Returns the change as a clause, such as {@code loss is hinge}. */
    @Override
    public String toString() {
      return removes ? path + " is removed" : path + " is " + value.strip();
    }
  }

  /** Returns the recipes that come with Gantry, by name. */
  List<BundledRecipe> bundled();

  /**
   * Reads, checks and composes a recipe. Starts the tensor engine after all checks that do not need
   * a training graph. Of a recipe with stages, checks all and returns the last.
   *
   * @param recipe the name of a bundled recipe, or a file
   * @param changes applied in order
   * @throws RecipeException if the recipe is invalid or its components do not fit
   */
  ComposedRecipe compose(String recipe, List<Change> changes);

  /**
   * Checks and composes a recipe that is part of another text, such as an experiment.
   *
   * @param name the recipe's name if it does not state one
   * @param recipe the recipe as read; problems are reported with the positions of its values
   * @param changes applied in order
   * @throws RecipeException if the recipe is invalid or its components do not fit
   */
  ComposedRecipe compose(String name, Mapping recipe, List<Change> changes);

  /**
   * Composes all stages of a recipe before any is trained.
   *
   * @param recipe the name of a bundled recipe, or a file
   * @param changes applied in order; the path {@code stages.NAME.PATH} changes one stage, and any
   *     other path every stage
   * @return empty if the recipe has no stages
   * @throws RecipeException if a stage is invalid or its components do not fit
   */
  Optional<StagedRecipe> composeStages(String recipe, List<Change> changes);

  /**
   * Composes one stage of a recipe, with the networks of the trained stages before it.
   *
   * @param recipe the file of a recipe with stages
   * @param stage the name of one of them
   * @param runs the folder in which the run of each earlier stage has the stage's name
   * @throws RecipeException if the stage is invalid or its components do not fit
   */
  ComposedRecipe composeStage(String recipe, String stage, Path runs);

  /**
   * Returns the text of a recipe with stages, with what the run of a stage records in place of that
   * stage, so that training the text repeats the run.
   *
   * @param recipe the file of a recipe with stages
   * @param stage the name of one of them
   * @param trained the resolved recipe of its run
   * @throws RecipeException if one of the texts cannot be read
   */
  String withTrainedStage(String recipe, String stage, String trained);

  /**
   * Creates a component that a resolved recipe records, with the options recorded there. Reads
   * nothing else of the recipe, so its other components need not be installed.
   *
   * @param source the name of the text in messages
   * @param yaml a resolved recipe, such as {@link ComposedRecipe#yaml()}
   * @param key a key that holds one component, such as {@code prior}
   * @param type the interface of the component's kind
   * @throws RecipeException if the recipe does not have the key, its options are invalid, or the
   *     component is not installed in the recorded version or cannot be created
   */
  <T> BoundComponent<T> createRecorded(String source, String yaml, String key, Class<T> type);

  /**
   * Creates the component of a key with options, as if a recipe named it.
   *
   * @param key a key that holds one component, such as {@code data}
   * @param reference the component, as in a recipe
   * @param options an option each, such as {@code size} with the value {@code 64}
   * @param type the interface of the component's kind
   * @throws RecipeException if the component is not installed, its options are invalid, or it
   *     cannot be created
   */
  <T> T create(String key, String reference, List<Change> options, Class<T> type);

  /**
   * Creates the components of a file that is not a recipe. Its only key is that of the kind, such
   * as {@code constraints}, and holds a list, in which a component is written as in a recipe.
   *
   * @param file the file, to whose folder paths are relative
   * @param kind a kind of the host
   * @param type the interface of the kind
   * @return at least one component, in the order of the file
   * @throws RecipeException if the file cannot be read, or a component is not installed, has
   *     invalid options or cannot be created
   */
  <T> List<ListedComponent<T>> createList(Path file, String kind, Class<T> type);

  /**
   * Returns recipes that resolve a version that is not installed to an installed one. For callers
   * that compare plugin versions by other means.
   */
  Recipes acceptingAnyVersion();

  /**
   * Returns the options of a component, in the order of its options record.
   *
   * @return an empty list for a component without options
   * @throws org.gantry.components.ComponentException if the class cannot be loaded
   */
  List<OptionInfo> options(ComponentInfo component);

  /**
   * Binds the options of a component outside of a recipe, by the same rules.
   *
   * @param file a YAML file of options, in which paths are relative to its folder; empty for the
   *     defaults
   * @return empty for a component without options
   * @throws RecipeException if an option is missing, unknown or invalid, or the file cannot be read
   */
  Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file);

  /**
   * Resolves a reference to an installed component.
   *
   * @param kind the kind, such as {@code loss}
   * @param reference {@code NAME} or {@code BUNDLE/NAME}, either with an optional {@code @VERSION}
   *     or {@code @RANGE}, as in a recipe
   * @throws RecipeException if the kind is unknown, or the component is missing or ambiguous
   */
  ComponentInfo resolveComponent(String kind, String reference);

  /** Returns the JSON schema of recipes with the components that are installed now. */
  String jsonSchema();
}
