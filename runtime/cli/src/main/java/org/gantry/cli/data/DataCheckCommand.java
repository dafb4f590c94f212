package org.gantry.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gantry.charts.PngEncoder;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory.OmissionCause;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.host.CommandInvocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a data set as a training would, and reports what is in it. */
@Command(
    name = "check",
    description =
        "Read all samples of a data set, and report sizes, classes, duplicates and what is left"
            + " out. Fails if a file cannot be read.",
    footer = {"Example:", "  gantry data check my-pictures --set size=32 -o sheet.png"})
public final class DataCheckCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Mixin private DatasetArguments arguments;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description = "Write a contact sheet: up to 144 pictures as a training reads them.")
  private Path sheet;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public DataCheckCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<OutputFile> output =
        Optional.ofNullable(sheet).map(file -> new OutputFile("-o", file));
    output.ifPresent(file -> file.requireWritable().ending(List.of(".png")));
    IndexedDataset data = arguments.open(services, Map.of("unreadable", "skip"));
    DatasetField image = data.field(DatasetField.IMAGE).orElse(data.fields().get(0));
    DatasetSummary summary;
    try {
      summary = DatasetSummary.of(arguments.source(), data, console.interrupted());
      if (console.interrupted().getAsBoolean()) {
        return ExitCode.INTERRUPTED;
      }
      output.ifPresent(file -> draw(file, data, image));
    } catch (UnusableComponentException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    SummaryText text = new SummaryText(summary, image);
    console
        .out()
        .print(
            json
                ? text.json()
                : text.text(console.terminal().width(), console.terminal().outColour()));
    output.filter(file -> !json).ifPresent(file -> console.out().println(file.path()));
    boolean broken =
        summary.inventory().omitted().stream()
            .anyMatch(file -> file.cause() == OmissionCause.UNREADABLE);
    return broken ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static void draw(OutputFile file, IndexedDataset data, DatasetField image) {
    if (!ContactSheet.canDraw(image)) {
      throw new InvalidInputException(
          "-o %s: the samples are not pictures, but have the shape %s"
              .formatted(file.path(), image.shape()),
          "Leave it out.");
    }
    file.write(out -> out.write(PngEncoder.encode(ContactSheet.draw(data, image))));
  }
}
