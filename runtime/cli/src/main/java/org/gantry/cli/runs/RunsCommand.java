package org.gantry.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs. */
@Command(
    name = "runs",
    description =
        "List the runs in a folder and its subfolders, with their state and latest metrics.",
    footer = {"Example:", "  gantry runs"})
public final class RunsCommand implements Runnable {

  private static final Path USUAL = Path.of("runs");

  /** The number of values in a row of the table. */
  private static final int HEADLINES = 3;

  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; by default 'runs'.")
  private Path folder;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public RunsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<RunSummary> runs = runs();
    if (json) {
      console.out().print(json(runs));
    } else if (runs.isEmpty()) {
      console.err().println("no runs in " + (folder == null ? USUAL : folder));
    } else {
      console.out().print(table(runs));
    }
  }

  private List<RunSummary> runs() {
    if (folder == null && !Files.exists(USUAL)) {
      return List.of();
    }
    Path searched = folder == null ? USUAL : folder;
    if (!Files.isDirectory(searched)) {
      throw new InvalidInputException("there is no folder " + searched, "");
    }
    try {
      return RunSummary.findBelow(searched);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: %s".formatted(searched, e.getMessage()), "", e);
    }
  }

  private static String json(List<RunSummary> runs) {
    return JsonText.of(runs.stream().map(RunSummary::json).toList()) + "\n";
  }

  private String table(List<RunSummary> runs) {
    TextTable table = TextTable.headed(0, "run", "state", "steps", "time", "latest");
    for (RunSummary run : runs) {
      table.row(
          run.path().toString(),
          run.status(),
          run.step() + "/" + run.steps(),
          NumberText.duration(run.seconds()),
          latest(run));
    }
    return table.text(console.terminal().width(), console.terminal().outColour());
  }

  /** The failure or trouble of a run; otherwise its latest metrics, or else its latest losses. */
  private static String latest(RunSummary run) {
    if (!run.reason().isEmpty()) {
      return run.reason();
    }
    if (!run.trouble().isEmpty()) {
      return "trouble: " + run.trouble();
    }
    Map<String, Double> shown = run.figures().isEmpty() ? run.values() : run.figures();
    String text =
        shown.entrySet().stream()
            .limit(HEADLINES)
            .map(
                e ->
                    e.getKey()
                        + " "
                        + (run.figures().isEmpty()
                            ? NumberText.figure(e.getValue())
                            : run.figureText(e.getKey())))
            .collect(Collectors.joining(", "));
    return shown.size() > HEADLINES ? text + ", ..." : text;
  }
}
