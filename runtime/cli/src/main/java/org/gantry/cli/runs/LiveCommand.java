package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlWriter;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.training.LiveChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a running training. */
@Command(
    name = "live",
    description = {
      "Change a running training at the end of its current step.",
      "Weights, optimizer state and random streams carry over. The run's recipe and history record",
      "the change, so that the run can be continued and reproduced."
    },
    customSynopsis = {
      "gantry live [--json] RUN add REGULARIZER [OPTION=VALUE]...",
      "       gantry live [--json] RUN remove REGULARIZER",
      "       gantry live [--json] RUN set PATH=VALUE...",
      "       gantry live [--json] RUN replace LOSS [OPTION=VALUE]...",
    },
    footer = {
      "PATH names an option of a regularizer, of the loss, of the optimizer or of a player.",
      "",
      "Example:",
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

  @Parameters(index = "1", paramLabel = "ACTION", description = "add, remove, set or replace.")
  private String action;

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "WHAT",
      description = "A component and its options, or paths with values.")
  private List<String> words;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public LiveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<LiveChange> made;
    try {
      List<Change> changes = changes();
      requireTraining();
      made = LiveChange.request(run, changes, console.interrupted());
    } catch (RecipeException e) {
      String where = "%s %s".formatted(action, String.join(" ", words));
      throw new RecipeException(e.problems().stream().map(p -> p.withLocation(where)).toList());
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

  private void requireTraining() {
    RunFolder folder;
    try {
      folder = RunFolder.open(run);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    if (!folder.inUse()) {
      throw new InvalidInputException(
          "there is no running training in %s; the run is %s".formatted(run, folder.statusText()),
          "To continue the run with a change, use 'gantry train --resume %s --set PATH=VALUE'."
              .formatted(run));
    }
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
