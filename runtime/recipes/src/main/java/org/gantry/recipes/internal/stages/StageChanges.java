package org.gantry.recipes.internal.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.internal.edit.InstalledOptions;
import org.gantry.recipes.internal.edit.RecipeEditor;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue.Mapping;

/**
 * Changes of a recipe with stages. The path {@code stages.NAME.PATH} changes one stage, and any
 * other path every stage.
 *
 * @param changes in the order in which to apply them
 * @param folder paths in values are relative to it
 * @param installed the options of the installed components
 * @param problems receives a problem for each change that cannot be applied
 */
public record StageChanges(
    List<Change> changes, Path folder, InstalledOptions installed, ProblemCollector problems) {

  private static final Pattern OF_STAGE =
      Pattern.compile(Pattern.quote(RecipeFormat.STAGES) + "\\.([^.\\[\\]]+)\\.(.+)");

  /** Applies the changes of the recipe itself: of its name, and of whole stages. */
  public Mapping applyTo(Mapping recipe) {
    List<Change> own = changes.stream().filter(StageChanges::isOfRecipe).toList();
    return RecipeEditor.apply(recipe, own, folder, installed, problems);
  }

  private static boolean isOfRecipe(Change change) {
    return change.path().equals(RecipeFormat.NAME)
        || (change.path().matches(RecipeFormat.STAGES + "([.\\[].*)?")
            && !OF_STAGE.matcher(change.path()).matches());
  }

  /** Applies the changes of every stage and of single stages. */
  public List<StageText> applyTo(List<StageText> stages) {
    List<String> names = stages.stream().map(StageText::name).toList();
    for (Change change : changes) {
      Matcher path = OF_STAGE.matcher(change.path());
      if (path.matches() && !names.contains(path.group(1))) {
        problems.add(
            RecipeEditor.position(change, folder),
            "The recipe has no stage " + MessageText.quoted(path.group(1)) + ".",
            NearestName.suggestion(path.group(1), names)
                + "Its stages are "
                + MessageText.quoted(names, "and")
                + ".");
      }
    }
    return stages.stream().map(this::applyTo).toList();
  }

  private StageText applyTo(StageText stage) {
    Mapping changed = stage.recipe();
    for (Change change : changes) {
      Matcher path = OF_STAGE.matcher(change.path());
      if (path.matches()) {
        if (path.group(1).equals(stage.name())) {
          String part = RecipeFormat.STAGES + "." + stage.name() + ".";
          Change own = new Change(path.group(2), change.value(), change.removes());
          changed = RecipeEditor.apply(changed, part, List.of(own), folder, installed, problems);
        }
      } else if (!isOfRecipe(change)) {
        changed = RecipeEditor.apply(changed, List.of(change), folder, installed, problems);
      }
    }
    return new StageText(stage.name(), stage.position(), changed);
  }
}
