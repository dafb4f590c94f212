package org.gantry.cli.plugins;

import java.util.List;
import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.console.YesNoPrompt;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.provisioning.ChangePlan;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.PluginProvisioner;
import picocli.CommandLine.Option;

/** Shows a planned change of plugins, asks the user, and executes it. */
final class ChangeConfirmation {

  private static final int READABLE = 12;

  @Option(names = "--yes", description = "Make the change without asking.")
  private boolean yes;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  /** Whether the change serves another command, which needs the standard output itself. */
  private boolean aside;

  /** The confirmation of a change that another command makes. */
  static ChangeConfirmation withAnswer(boolean yes) {
    ChangeConfirmation proposal = new ChangeConfirmation();
    proposal.yes = yes;
    proposal.aside = true;
    return proposal;
  }

  /** Shows a change, asks, and executes it. */
  int planAndExecute(PluginProvisioner provisioning, ChangeRequest request, Console console) {
    try (ChangePlan plan = provisioning.plan(request)) {
      printNotes(plan, console);
      if (plan.isEmpty()) {
        printResult(plan, false, console);
        return ExitCode.DONE;
      }
      // A user who is asked must see the change, even if the result is JSON.
      if (!json || !yes) {
        console.err().print(text(plan, console));
      }
      if (plan.blockingRuns().isEmpty() && !agreed(console)) {
        console.err().println("declined; nothing was changed");
        if (json) {
          console.out().print(json(plan, false));
        }
        return ExitCode.FAILED;
      }
      provisioning.execute(plan);
      printResult(plan, true, console);
      return ExitCode.DONE;
    }
  }

  /** Shows a change without executing it. */
  static void show(
      PluginProvisioner provisioning, ChangeRequest request, Console console, boolean json) {
    try (ChangePlan plan = provisioning.plan(request)) {
      printNotes(plan, console);
      console.out().print(json ? json(plan, false) : text(plan, console));
    }
  }

  /** Notes go to the standard error, because they are not part of the result. */
  private static void printNotes(ChangePlan plan, Console console) {
    plan.notes().forEach(note -> console.err().println("note: " + note));
  }

  private boolean agreed(Console console) {
    if (yes) {
      return true;
    }
    return console
        .terminal()
        .keyboard()
        .map(keyboard -> new YesNoPrompt("Make this change?").ask(console, keyboard))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "this change needs a confirmation, and there is no terminal to ask on",
                    "Add --yes to make the change."));
  }

  private void printResult(ChangePlan plan, boolean done, Console console) {
    if (json) {
      console.out().print(json(plan, done));
    } else {
      (aside ? console.err() : console.out())
          .println(done ? "done: " + plan.action() : "nothing to do");
    }
  }

  private static String text(ChangePlan plan, Console console) {
    if (plan.isEmpty()) {
      return "nothing to do\n";
    }
    TextTable table = TextTable.headed(0, "", "bundle", "version", "signer", "components");
    plan.incoming().forEach(moving -> row(table, "in", moving));
    plan.outgoing().forEach(moving -> row(table, "out", moving));
    StringBuilder text = new StringBuilder();
    if (!plan.incoming().isEmpty() || !plan.outgoing().isEmpty()) {
      text.append(table.text(console.terminal().width(), console.terminal().errorColour()));
    }
    plan.incoming()
        .forEach(
            m ->
                text.append(
                    "from   %s (SHA-256 %s...)\n"
                        .formatted(m.source(), m.sha256().substring(0, READABLE))));
    plan.settingChanges().forEach(line -> text.append("set    ").append(line).append('\n'));
    plan.wiringChanges().forEach(line -> text.append("wire   ").append(line).append('\n'));
    plan.blockingRuns().forEach(line -> text.append("in use by ").append(line).append('\n'));
    return text.toString();
  }

  private static void row(TextTable table, String direction, PluginChange moving) {
    table.row(
        direction,
        moving.name(),
        moving.version(),
        moving.signature(),
        String.join(", ", moving.components()));
  }

  private static String json(ChangePlan plan, boolean done) {
    return JsonText.of(
            JsonText.object(
                "action", plan.action(),
                "done", done,
                "in", plan.incoming().stream().map(ChangeConfirmation::json).toList(),
                "out", plan.outgoing().stream().map(ChangeConfirmation::json).toList(),
                "settings", plan.settingChanges(),
                "notes", plan.notes(),
                "wires", plan.wiringChanges(),
                "runs", plan.blockingRuns()))
        + "\n";
  }

  private static Map<String, Object> json(PluginChange moving) {
    return JsonText.object(
        "bundle", moving.name(),
        "version", moving.version(),
        "sha256", moving.sha256(),
        "source", moving.source(),
        "signer", moving.signature(),
        "components", List.copyOf(moving.components()));
  }
}
