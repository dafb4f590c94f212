package org.gantry.cli.recipes;

import java.nio.file.Path;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the JSON schema of recipes, for editors. */
@Command(
    name = "schema",
    description = "Write the JSON schema of recipes, with all installed components.",
    footer = {
      "Editors with YAML support then complete and check recipes that begin with",
      "  # yaml-language-server: $schema=recipe.schema.json",
      "",
      "Example:",
      "  gantry schema -o recipe.schema.json"
    })
public final class SchemaCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file instead of the standard output.")
  private Path file;

  public SchemaCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    String schema = services.recipes().jsonSchema().stripTrailing() + "\n";
    if (file == null) {
      console.out().print(schema);
    } else {
      new OutputFile("-o", file).write(schema);
      console.out().println(file);
    }
  }
}
