package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.runs.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the HTML report on a run. */
@Command(
    name = "report",
    description =
        "Write an HTML report on a run: curves, samples, graph, metrics, how to reproduce it.",
    footer = {
      "The report is one self-contained file.",
      "",
      "Example:",
      "  gantry report runs/digits-001 -o digits.html"
    })
public final class ReportCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The folder of a run.")
  private Path run;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "The report; by default report.html in the run's folder.")
  private Path file;

  public ReportCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    List<RunFolder> runs = List.of(RunLocation.open(run));
    OutputFile output =
        RunReportWriter.requireWritablePage(
            file == null ? runs.get(0).path().resolve("report.html") : file);
    new RunReportWriter(services, console, runs).write(output);
  }
}
