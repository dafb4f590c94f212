package org.gantry.cli.recipes;

import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.ComposedRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a recipe without training it. */
@Command(
    name = "validate",
    description = "Check a recipe without training it.",
    footer = {"Example:", "  gantry validate mine.yaml"})
public final class ValidateCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  public ValidateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    ComposedRecipe composed = recipe.compose(services);
    console
        .out()
        .printf(
            "%s is valid: %d nodes, the networks %s, the players %s%n",
            composed.name(),
            composed.graph().nodes().size(),
            String.join(", ", composed.graph().roles()),
            String.join(", ", composed.graph().players()));
  }
}
