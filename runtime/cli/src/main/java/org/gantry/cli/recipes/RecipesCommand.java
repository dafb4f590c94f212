package org.gantry.cli.recipes;

import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the bundled recipes. */
@Command(
    name = "recipes",
    description = "List the bundled recipes.",
    footer = {"Example:", "  gantry recipes"})
public final class RecipesCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public RecipesCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<Recipes.BundledRecipe> recipes = services.recipes().bundled();
    console.out().print(json ? json(recipes) : table(recipes));
  }

  private static String json(List<Recipes.BundledRecipe> recipes) {
    return JsonText.of(
            recipes.stream()
                .map(
                    r ->
                        JsonText.object("name", r.name(), "summary", r.summary(), "file", r.file()))
                .toList())
        + "\n";
  }

  private String table(List<Recipes.BundledRecipe> recipes) {
    TextTable table = TextTable.headed(0, "recipe", "summary");
    recipes.forEach(r -> table.row(r.name(), r.summary()));
    return table.text(console.terminal().width(), console.terminal().outColour());
  }
}
