package org.gantry.cli.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.verification.VerificationReport;
import org.gantry.verification.VerificationReport.CheckOutcome;
import org.gantry.verification.VerificationReport.CheckResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a plugin before it is published. */
@Command(
    name = "test",
    description =
        "Check that a plugin meets the contracts of plugins and of its components' kinds.",
    footer = {
      "The plugin is not installed. Components are checked with their default options, or"
          + " with",
      "those in samples/KIND/NAME/options.yaml of the jar.",
      "",
      "Example:",
      "  gantry plugins test target/acme-losses-1.0.0.jar"
    })
public final class PluginsTestCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Parameters(paramLabel = "JAR", description = "The jar of the plugin.")
  private Path jar;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public PluginsTestCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    VerificationReport report = verify();
    console.out().print(json ? json(report) : text(report));
    return report.count(CheckOutcome.BROKEN) == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private VerificationReport verify() {
    if (!Files.isRegularFile(jar)) {
      throw new InvalidInputException(
          jar + (Files.exists(jar) ? " is not a file" : " does not exist"),
          "name the jar that the plugin's build wrote, such as target/acme-losses-1.0.0.jar");
    }
    try {
      return services.verifier().verify(jar);
    } catch (IOException e) {
      throw new InvalidInputException(
          jar + " cannot be read as a jar: " + e.getMessage(), "name the jar of a plugin", e);
    }
  }

  private static String json(VerificationReport report) {
    return JsonText.of(
            JsonText.object(
                "bundle", report.bundle(),
                "kept", report.count(CheckOutcome.KEPT),
                "broken", report.count(CheckOutcome.BROKEN),
                "skipped", report.count(CheckOutcome.SKIPPED),
                "results",
                    report.results().stream()
                        .map(
                            r ->
                                JsonText.object(
                                    "subject", r.subject(),
                                    "promise", r.promise(),
                                    "outcome", word(r.outcome()),
                                    "reason", r.reason()))
                        .toList()))
        + "\n";
  }

  private static String word(CheckOutcome outcome) {
    return switch (outcome) {
      case KEPT -> "kept";
      case BROKEN -> "broken";
      case SKIPPED -> "skipped";
    };
  }

  private String text(VerificationReport report) {
    boolean colour = console.terminal().outColour();
    StringBuilder text = new StringBuilder(AnsiStyle.HEAD.apply(report.bundle(), colour) + "\n");
    String subject = "";
    for (CheckResult result : report.results()) {
      if (!result.subject().equals(subject)) {
        subject = result.subject();
        text.append(subject).append('\n');
      }
      String mark =
          switch (result.outcome()) {
            case KEPT -> "ok     ";
            case BROKEN -> AnsiStyle.ERROR.apply("broken ", colour);
            case SKIPPED -> "skipped";
          };
      text.append("  ").append(mark).append("  ").append(result.promise()).append('\n');
      if (!result.reason().isEmpty()) {
        text.append("           ").append(result.reason()).append('\n');
      }
    }
    return text.append(
            "%d checks passed, %d failed, %d skipped%n"
                .formatted(
                    report.count(CheckOutcome.KEPT),
                    report.count(CheckOutcome.BROKEN),
                    report.count(CheckOutcome.SKIPPED)))
        .toString();
  }
}
