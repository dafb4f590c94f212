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

/** The options of commands that change plugins, and how they go about it: show, ask, do. */
final class ChangeConfirmation {

  private static final int READABLE = 12;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  /** Whether another command does this on its way, and has the standard output for itself. */
  private boolean aside;

  /** One that another command makes, whose question may be answered already. */
  static ChangeConfirmation withAnswer(boolean yes) {
    ChangeConfirmation proposal = new ChangeConfirmation();
    proposal.yes = yes;
    proposal.aside = true;
    return proposal;
  }

  /** Shows what a change would do, asks, and does it. */
  int planAndExecute(PluginProvisioner provisioning, ChangeRequest request, Console console) {
    try (ChangePlan plan = provisioning.plan(request)) {
      printNotes(plan, console);
      if (plan.isEmpty()) {
        printResult(plan, false, console);
        return ExitCode.DONE;
      }
      // Who is asked sees what about, even where the answer is for a script.
      if (!json || !yes) {
        console.err().print(text(plan, console));
      }
      if (plan.blockingRuns().isEmpty() && !agreed(console)) {
        console.err().println("not done; nothing was changed");
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

  /** Shows what a change would do. */
  void show(PluginProvisioner provisioning, ChangeRequest request, Console console) {
    try (ChangePlan plan = provisioning.plan(request)) {
      printNotes(plan, console);
      console.out().print(json ? json(plan, false) : text(plan, console));
    }
  }

  /** What is to be known besides is no part of the answer, and may not be what was asked for. */
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
        .map(keyboard -> new YesNoPrompt("Do this?").ask(console, keyboard))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "there is no terminal to ask on whether to do this", "Add --yes to do it."));
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
