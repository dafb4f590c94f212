package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlWriter;
import org.gantry.runs.RunFolder;
import org.gantry.runs.StagedRun;
import org.gantry.runs.training.LiveChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or changes a running training. */
@Command(
    name = "live",
    description = {
      "Show what a running training reports, or change it at the end of its current step.",
      "Weights, optimizer state and random streams carry over. The run's recipe and history record",
      "the change, so that the run can be continued and reproduced."
    },
    customSynopsis = {
      "gantry live [--json] RUN",
      "       gantry live [--json] RUN add REGULARIZER [OPTION=VALUE]...",
      "       gantry live [--json] RUN remove REGULARIZER",
      "       gantry live [--json] RUN set PATH=VALUE...",
      "       gantry live [--json] RUN replace LOSS [OPTION=VALUE]...",
    },
    footer = {
      "Without an action, the latest losses and the figures of the latest evaluation are shown.",
      "PATH names an option of a regularizer, of the loss, of the optimizer or of a player.",
      "",
      "Example:",
      "  gantry live runs/ring-001",
      "  gantry live runs/ring-001 add instance-noise sigma=0.2",
      "  gantry live runs/ring-001 set regularizers.instance-noise.sigma=0.1",
      "  gantry live runs/ring-001 set players.generator.rate=0.5",
      "  gantry live runs/ring-001 replace hinge"
    })
public final class LiveCommand implements Callable<Integer> {

  private static final String REGULARIZERS = "regularizers";
  private static final List<String> ACTIONS = List.of("add", "remove", "set", "replace");

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run that is training.")
  private Path run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "add, remove, set or replace; by default, show what the training reports.")
  private String action;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "WHAT",
      description = "A component and its options, or paths with values.")
  private List<String> words = new ArrayList<>();

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public LiveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (action == null) {
      show(RunSummary.of(training("'gantry runs' lists what runs have reported.").path()));
      return ExitCode.DONE;
    }
    if (words.isEmpty()) {
      throw new InvalidInputException(
          "live %s %s: expected %s"
              .formatted(run, action, action.equals("set") ? "PATH=VALUE" : "a component"),
          "'gantry help live' has examples.");
    }
    Optional<LiveChange> made;
    try {
      List<Change> changes = changes();
      RunFolder folder =
          training(
              "To continue the run with a change, use 'gantry train --resume %s --set PATH=VALUE'."
                  .formatted(run));
      made = LiveChange.request(folder.path(), within(folder, changes), console.interrupted());
    } catch (RecipeException e) {
      String where = "%s %s".formatted(action, String.join(" ", words));
      throw new RecipeException(
          e.problems().stream()
              .map(p -> p.withLocation(where).withFix(liveFix(run, p.fix())))
              .toList());
    }
    if (made.isEmpty()) {
      console
          .err()
          .println("interrupted before the training applied the change; nothing was changed");
      return ExitCode.INTERRUPTED;
    }
    print(made.get());
    return ExitCode.DONE;
  }

  /** The fix in the words of this command, which has actions in place of {@code --set}. */
  static String liveFix(Path run, String fix) {
    return fix.replaceAll(
            "--set '?" + REGULARIZERS + "\\[\\+]=([^ ']+?)'?(\\.?)$",
            Matcher.quoteReplacement("'gantry live " + run) + " add $1'$2")
        .replace("--set ", "set ");
  }

  private void print(LiveChange made) {
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  JsonText.object(
                      "step",
                      made.step(),
                      "changes",
                      made.changes().stream().map(LiveCommand::json).toList(),
                      "notTransferred",
                      made.notTransferred())));
      return;
    }
    made.changes()
        .forEach(change -> console.out().printf("after step %d: %s%n", made.step(), change));
    made.notTransferred().forEach(clause -> console.err().println("note: " + clause));
  }

  private static Map<String, Object> json(Change change) {
    return change.removes()
        ? JsonText.object("path", change.path(), "removed", true)
        : JsonText.object("path", change.path(), "value", change.value().strip());
  }

  /** Returns the changes with paths in the recipe of the stage that is training. */
  private List<Change> within(RunFolder folder, List<Change> changes) {
    if (StagedRun.find(RunLocation.find(run)).isEmpty()) {
      return changes;
    }
    for (Change change : changes) {
      Optional<String> stage = StagedRecipe.stageOf(change);
      if (stage.isPresent() && !stage.get().equals(folder.name())) {
        throw new InvalidInputException(
            "%s: the stage that is training is '%s'".formatted(change.path(), folder.name()), "");
      }
    }
    return StagedRecipe.changesWithin(folder.name(), changes);
  }

  /** Shows the state of a training, its latest losses, and its latest figures. */
  private void show(RunSummary summary) {
    if (json) {
      console.out().println(JsonText.of(summary.json()));
      return;
    }
    console
        .out()
        .printf(
            "%s: %s, step %d of %d, %s%n",
            summary.path(),
            summary.status(),
            summary.step(),
            summary.steps(),
            NumberText.duration(summary.seconds()));
    if (!summary.trouble().isEmpty()) {
      console.out().println("trouble: " + summary.trouble());
    }
    TextTable table = TextTable.plain(2);
    summary.values().forEach((name, value) -> table.row(name, NumberText.figure(value)));
    summary.figures().keySet().forEach(name -> table.row(name, summary.figureText(name)));
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }

  /**
   * Returns the run that is training; of a run with stages, that of its current stage.
   *
   * @param fix what to do where no training is running
   */
  private RunFolder training(String fix) {
    RunFolder folder = RunLocation.open(run);
    if (!folder.inUse()) {
      throw new InvalidInputException(
          "there is no running training in %s; the run is %s".formatted(run, folder.statusText()),
          fix);
    }
    return folder;
  }

  private List<Change> changes() {
    String first = words.get(0);
    List<String> rest = words.subList(1, words.size());
    return switch (action) {
      case "add" -> List.of(new Change(REGULARIZERS + "[+]", component(first, rest)));
      case "replace" -> List.of(new Change("loss", component(first, rest)));
      case "remove" -> words.stream().map(LiveCommand::removal).toList();
      case "set" -> ChangeArguments.changes("", words);
      default ->
          throw new InvalidInputException(
                  "live %s %s: unknown action".formatted(run, action),
                  "Write one of " + String.join(", ", ACTIONS) + ".")
              .withExpected(String.join(" or ", ACTIONS));
    };
  }

  private static Change removal(String name) {
    return Change.removalOf(
        name.startsWith(REGULARIZERS + ".") || name.startsWith(REGULARIZERS + "[")
            ? name
            : REGULARIZERS + "." + name);
  }

  /** Returns the YAML of a component with its options. */
  private static String component(String name, List<String> options) {
    if (options.isEmpty()) {
      return name;
    }
    SourcePosition position = SourcePosition.startOf("the command", Path.of(""));
    ProblemCollector problems = new ProblemCollector();
    Mapping values = Mapping.empty(position);
    for (Change option : ChangeArguments.changes("", options)) {
      Optional<YamlValue> value = YamlReader.read(option.value(), position, problems);
      if (value.isPresent()) {
        values = with(values, List.of(option.path().split("\\.", -1)), value.get());
      }
    }
    problems.throwIfAny();
    return YamlWriter.write(Mapping.empty(position).with(name, values));
  }

  /** Returns the mapping with a value at a path, and with mappings on the way to it. */
  private static Mapping with(Mapping mapping, List<String> path, YamlValue value) {
    String key = path.get(0);
    if (path.size() == 1) {
      return mapping.with(key, value);
    }
    Mapping child =
        mapping.get(key).orElse(null) instanceof Mapping present
            ? present
            : Mapping.empty(mapping.position());
    return mapping.with(key, with(child, path.subList(1, path.size()), value));
  }
}
