package org.gantry.cli.recipes;

import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.training.TrainingGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains a training step of a recipe. */
@Command(
    name = "explain",
    description = "Explain a training step of a recipe: its phases, nodes, shapes and costs.",
    footer = {"Example:", "  gantry explain digits"})
public final class ExplainCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ExplainCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    SelectedStage selected = recipe.select(services, console);
    ComposedRecipe composed = selected.composed();
    if (!json) {
      RecipeWarnings.print(composed, console);
    }
    TrainingGraph graph = composed.graph();
    StepPlanText explanation =
        new StepPlanText(
            composed.name(),
            graph.nodes(),
            graph.plan(),
            graph.networkSizes(),
            graph.weightMemory(),
            composed.watchdogs());
    console
        .out()
        .print(
            json
                ? JsonText.of(selected.json(explanation.object())) + "\n"
                : explanation.text(console.terminal().width(), console.terminal().outColour()));
  }
}
