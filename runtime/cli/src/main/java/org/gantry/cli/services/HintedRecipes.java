package org.gantry.cli.services;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.ComponentInfo;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.training.BoundComponent;

/**
 * Adds a hint to errors about components that are not installed: which plugin has them.
 *
 * @param recipes reads the recipes
 * @param provisioning knows the installed and the offered plugins
 */
record HintedRecipes(Recipes recipes, PluginProvisioner provisioning) implements Recipes {

  @Override
  public ComposedRecipe compose(String recipe, List<Change> changes) {
    return withHints(() -> recipes.compose(recipe, changes));
  }

  @Override
  public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
    return withHints(() -> recipes.compose(name, recipe, changes));
  }

  @Override
  public Optional<StagedRecipe> composeStages(String recipe, List<Change> changes) {
    return withHints(() -> recipes.composeStages(recipe, changes));
  }

  @Override
  public ComposedRecipe composeStage(String recipe, String stage, Path runs) {
    return withHints(() -> recipes.composeStage(recipe, stage, runs));
  }

  @Override
  public String withTrainedStage(String recipe, String stage, String trained) {
    return recipes.withTrainedStage(recipe, stage, trained);
  }

  @Override
  public ComponentInfo resolveComponent(String kind, String reference) {
    return withHints(() -> recipes.resolveComponent(kind, reference));
  }

  @Override
  public <T> BoundComponent<T> createRecorded(
      String source, String yaml, String key, Class<T> type) {
    return withHints(() -> recipes.createRecorded(source, yaml, key, type));
  }

  @Override
  public <T> T create(String key, String reference, List<Change> options, Class<T> type) {
    return withHints(() -> recipes.create(key, reference, options, type));
  }

  @Override
  public <T> List<ListedComponent<T>> createList(Path file, String kind, Class<T> type) {
    return withHints(() -> recipes.createList(file, kind, type));
  }

  @Override
  public Recipes acceptingAnyVersion() {
    return new HintedRecipes(recipes.acceptingAnyVersion(), provisioning);
  }

  @Override
  public List<BundledRecipe> bundled() {
    return recipes.bundled();
  }

  @Override
  public List<OptionInfo> options(ComponentInfo component) {
    return recipes.options(component);
  }

  @Override
  public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
    return recipes.bindOptions(component, file);
  }

  @Override
  public String jsonSchema() {
    return recipes.jsonSchema();
  }

  private <T> T withHints(Supplier<T> work) {
    try {
      return work.get();
    } catch (RecipeException e) {
      throw new RecipeException(e.problems().stream().map(this::withHints).toList());
    }
  }

  private InputProblem withHints(InputProblem problem) {
    return problem
        .missing()
        .flatMap(missing -> inactivePlugin(missing).or(() -> offeredPlugin(missing)))
        .map(problem::withFix)
        .orElse(problem);
  }

  /** The hint if an installed plugin that is not active has the component. */
  private Optional<String> inactivePlugin(InputProblem.UninstalledComponent missing) {
    return provisioning.plugins().stream()
        .filter(plugin -> plugin.state() != InstalledPlugin.PluginState.ACTIVE)
        .filter(plugin -> plugin.components().stream().anyMatch(missing::matches))
        .findFirst()
        .map(
            plugin ->
                "The plugin %s %s has it, and ".formatted(plugin.name(), plugin.version())
                    + remedy(plugin));
  }

  private static String remedy(InstalledPlugin plugin) {
    if (plugin.state() == InstalledPlugin.PluginState.QUARANTINED) {
      return "does not work: " + plugin.reason();
    }
    return plugin.reason().isEmpty()
        ? "is switched off: gantry plugins enable " + plugin.name()
        : "is left out: " + plugin.reason();
  }

  private Optional<String> offeredPlugin(InputProblem.UninstalledComponent missing) {
    List<PluginOffer> offers;
    try {
      // Stay offline: the cause is often a typing error, and the network would delay the answer.
      offers = provisioning.listRepositories(InstallPolicy.OFFLINE).plugins();
    } catch (ProvisioningException e) {
      // An unreadable repository must not hide the problem of the recipe.
      return Optional.empty();
    }
    return offers.stream()
        .filter(offer -> offer.components().stream().anyMatch(missing::matches))
        .findFirst()
        .map(
            offer ->
                "The plugin %s of %s has it: gantry plugins install %s"
                    .formatted(offer.name(), offer.repository(), words(offer, offers)));
  }

  /** The shortest name by which 'plugins install' finds an offer. */
  private static String words(PluginOffer offer, List<PluginOffer> offers) {
    String last = last(offer.name());
    boolean clear =
        offers.stream()
            .allMatch(o -> o.name().equals(offer.name()) || !last(o.name()).equals(last));
    return clear ? last : offer.name();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
