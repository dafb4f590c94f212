package org.gantry.cli.recipes;

import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.ComposedRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a recipe without training it. */
@Command(
    name = "validate",
    description = "Check a recipe without training it.",
    footer = {"Example:", "  gantry validate mine.yaml"})
public final class ValidateCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ValidateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    SelectedStage selected = recipe.select(services, console);
    ComposedRecipe composed = selected.composed();
    if (json) {
      console.out().println(JsonText.of(selected.json(json(composed))));
      return;
    }
    RecipeWarnings.print(composed, console);
    console
        .out()
        .printf(
            "%s is valid: %d nodes, the networks %s, the players %s%n",
            composed.name(),
            composed.graph().nodes().size(),
            String.join(", ", composed.graph().roles()),
            String.join(", ", composed.graph().players()));
  }

  private static Map<String, Object> json(ComposedRecipe composed) {
    return JsonText.object(
        "recipe", composed.name(),
        "valid", true,
        "nodes", composed.graph().nodes().size(),
        "networks", composed.graph().roles(),
        "players", composed.graph().players(),
        "warnings", RecipeWarnings.json(composed));
  }
}
