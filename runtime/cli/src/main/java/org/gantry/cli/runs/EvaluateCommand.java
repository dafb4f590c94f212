package org.gantry.cli.runs;

import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.training.TrainedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates a run by the metrics of its recipe. */
@Command(
    name = "evaluate",
    description = "Evaluate samples of a run by the metrics of its recipe.",
    footer = {"Example:", "  gantry evaluate runs/digits-001 --json"})
public final class EvaluateCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "The number of samples; by default the recipe's train.evaluate.")
  private Integer count;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public EvaluateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (count != null && count < 1) {
      throw InvalidInputException.expecting("-n " + count, "at least 1 sample", "");
    }
    try (TrainedRun trained = run.open(services, console)) {
      int samples = count == null ? trained.composed().settings().evaluate() : count;
      EvaluationResult evaluation = trained.evaluate(samples);
      console.out().print(json ? json(evaluation) : table(evaluation));
    }
  }

  private static String json(EvaluationResult evaluation) {
    return JsonText.of(
            JsonText.object(
                "step", evaluation.step(),
                "count", evaluation.count(),
                "seed", evaluation.seed(),
                "seconds", evaluation.seconds(),
                "figures", evaluation.figures(),
                "tooFewSamples", evaluation.tooFew()))
        + "\n";
  }

  private String table(EvaluationResult evaluation) {
    boolean remarks = !evaluation.remarks().isEmpty();
    TextTable table =
        remarks
            ? TextTable.headed(0, "metric", "value", "remark")
            : TextTable.headed(0, "metric", "value");
    evaluation
        .figures()
        .forEach(
            (name, value) -> {
              String figure = NumberText.figure(value);
              if (remarks) {
                table.row(name, figure, evaluation.remark(name));
              } else {
                table.row(name, figure);
              }
            });
    return "%d samples of step %d%n%n".formatted(evaluation.count(), evaluation.step())
        + table.text(console.terminal().width(), console.terminal().outColour());
  }
}
