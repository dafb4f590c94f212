package org.gantry.cli;

import java.util.List;
import java.util.Map;
import org.gantry.provisioning.Plan;
import org.gantry.provisioning.Plan.Moving;
import org.gantry.provisioning.Provisioning;
import org.gantry.provisioning.Request;
import picocli.CommandLine.Option;

/** The options of commands that change plugins, and how they go about it: show, ask, do. */
final class Proposal {

  private static final int READABLE = 12;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  /** Whether another command does this on its way, and has the standard output for itself. */
  private boolean aside;

  /** One that another command makes, whose question may be answered already. */
  static Proposal agreedTo(boolean yes) {
    Proposal proposal = new Proposal();
    proposal.yes = yes;
    proposal.aside = true;
    return proposal;
  }

  /** Shows what a change would do, asks, and does it. */
  int carryOut(Provisioning provisioning, Request request, Console console) {
    try (Plan plan = provisioning.plan(request)) {
      note(plan, console);
      if (plan.isEmpty()) {
        tell(plan, false, console);
        return ExitCode.DONE;
      }
      // Who is asked sees what about, even where the answer is for a script.
      if (!json || !yes) {
        console.err().print(text(plan, console));
      }
      if (plan.runs().isEmpty() && !agreed(console)) {
        console.err().println("not done; nothing was changed");
        if (json) {
          console.out().print(json(plan, false));
        }
        return ExitCode.FAILED;
      }
      provisioning.carryOut(plan);
      tell(plan, true, console);
      return ExitCode.DONE;
    }
  }

  /** Shows what a change would do. */
  void show(Provisioning provisioning, Request request, Console console) {
    try (Plan plan = provisioning.plan(request)) {
      note(plan, console);
      console.out().print(json ? json(plan, false) : text(plan, console));
    }
  }

  /** What is to be known besides is no part of the answer, and may not be what was asked for. */
  private static void note(Plan plan, Console console) {
    plan.notes().forEach(note -> console.err().println("note: " + note));
  }

  private boolean agreed(Console console) {
    if (yes) {
      return true;
    }
    return console
        .terminal()
        .keyboard()
        .map(keyboard -> new Question("Do this?").ask(console, keyboard))
        .orElseThrow(
            () ->
                new WrongInput(
                    "there is no terminal to ask on whether to do this", "Add --yes to do it."));
  }

  private void tell(Plan plan, boolean done, Console console) {
    if (json) {
      console.out().print(json(plan, done));
    } else {
      (aside ? console.err() : console.out())
          .println(done ? "done: " + plan.action() : "nothing to do");
    }
  }

  private static String text(Plan plan, Console console) {
    if (plan.isEmpty()) {
      return "nothing to do\n";
    }
    Table table = Table.headed(0, "", "bundle", "version", "signer", "components");
    plan.in().forEach(moving -> row(table, "in", moving));
    plan.out().forEach(moving -> row(table, "out", moving));
    StringBuilder text = new StringBuilder();
    if (!plan.in().isEmpty() || !plan.out().isEmpty()) {
      text.append(table.text(console.terminal().width(), console.terminal().errorColour()));
    }
    plan.in()
        .forEach(
            m ->
                text.append(
                    "from   %s (SHA-256 %s...)\n"
                        .formatted(m.source(), m.sha256().substring(0, READABLE))));
    plan.settings().forEach(line -> text.append("set    ").append(line).append('\n'));
    plan.wires().forEach(line -> text.append("wire   ").append(line).append('\n'));
    plan.runs().forEach(line -> text.append("in use by ").append(line).append('\n'));
    return text.toString();
  }

  private static void row(Table table, String direction, Moving moving) {
    table.row(
        direction,
        moving.name(),
        moving.version(),
        moving.signer(),
        String.join(", ", moving.components()));
  }

  private static String json(Plan plan, boolean done) {
    return Json.text(
            Json.object(
                "action", plan.action(),
                "done", done,
                "in", plan.in().stream().map(Proposal::json).toList(),
                "out", plan.out().stream().map(Proposal::json).toList(),
                "settings", plan.settings(),
                "notes", plan.notes(),
                "wires", plan.wires(),
                "runs", plan.runs()))
        + "\n";
  }

  private static Map<String, Object> json(Moving moving) {
    return Json.object(
        "bundle", moving.name(),
        "version", moving.version(),
        "sha256", moving.sha256(),
        "source", moving.source(),
        "signer", moving.signer(),
        "components", List.copyOf(moving.components()));
  }
}
