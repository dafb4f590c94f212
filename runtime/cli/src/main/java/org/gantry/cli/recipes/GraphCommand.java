package org.gantry.cli.recipes;

import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.drawing.GraphDrawing;
import org.gantry.recipes.ComposedRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the training graph of a recipe. */
@Command(
    name = "graph",
    description = "Draw the training graph of a recipe.",
    footer = {"Example:", "  gantry graph digits -o digits.svg"})
public final class GraphCommand implements Runnable {

  private static final List<String> FORMS = List.of(".svg", ".dot", ".json");

  private final CommandServices services;
  private final Console console;

  @Mixin private RecipeArguments recipe;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write a picture (.svg), a DOT file (.dot) or JSON (.json); by default, print text to"
              + " the standard output.")
  private Path file;

  public GraphCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (file == null) {
      ComposedRecipe composed = recipe.select(services, console).composed();
      console
          .out()
          .print(
              GraphText.of(composed.name(), composed.graph().nodes(), console.terminal().width()));
      return;
    }
    OutputFile output = new OutputFile("-o", file);
    String form = output.ending(FORMS);
    output.requireWritable();
    ComposedRecipe composed = recipe.select(services, console).composed();
    GraphDrawing drawing = new GraphDrawing(composed.name(), composed.graph().nodes());
    output.write(
        switch (form) {
          case ".svg" -> drawing.svg();
          case ".dot" -> drawing.dot();
          default -> drawing.json();
        });
    console.out().println(file);
  }
}
