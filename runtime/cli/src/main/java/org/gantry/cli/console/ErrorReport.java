package org.gantry.cli.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.components.ComponentException;
import org.gantry.host.EngineStartException;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.CompositionException;

/**
 * What a command reports when it fails: sentences, never a stack trace.
 *
 * @param exitCode the exit code of the command
 * @param parts the problems, in order
 * @param log the file with the full trace, if one was written
 * @param defect whether the failure may be a defect of Gantry, so that a trace helps
 */
public record ErrorReport(
    int exitCode, List<ReportedProblem> parts, Optional<Path> log, boolean defect) {

  /** A file with line and column. */
  private static final Pattern PLACE = Pattern.compile("(.+):(\\d+):(\\d+)");

  /**
   * One problem.
   *
   * @param where the file with line and column, or words of the command line; or empty
   * @param message one line with what was found and what was expected
   * @param expected the expected value as a phrase; or empty
   * @param fix one line on how to correct it; or empty
   */
  public record ReportedProblem(String where, String message, String expected, String fix) {

    /** The place and the message. */
    public String sentence() {
      return where.isEmpty() ? message : where + ": " + message;
    }
  }

  /** A failure whose trace was written to a file. */
  public static final class LoggedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path log;

    public LoggedException(RuntimeException failure, Path log) {
      super(failure);
      this.log = log;
    }
  }

  public static ErrorReport of(Throwable failure) {
    if (failure instanceof LoggedException logged) {
      ErrorReport complaint = of(logged.getCause());
      return new ErrorReport(
          complaint.exitCode, complaint.parts, Optional.of(logged.log), complaint.defect);
    } else if (failure instanceof RecipeException e) {
      return wrong(
          e.problems().stream()
              .map(p -> part(p.location(), p.message(), p.expected(), p.fix()))
              .toList());
    } else if (failure instanceof InvalidPathException e) {
      return wrong(List.of(part("", UserPaths.reason(e), "")));
    } else if (failure instanceof InvalidInputException e) {
      return wrong(List.of(part("", e.getMessage(), e.expected(), e.fix())));
    } else if (failure instanceof UnusableInputException e) {
      return wrong(List.of(part("", e.getMessage(), e.fix())));
    } else if (failure instanceof EngineStartException e) {
      return wrong(List.of(part("", e.getMessage(), e.fix())));
    } else if (failure instanceof ProvisioningException e) {
      ReportedProblem part = part("", e.getMessage(), e.fix());
      return e.wrongInput() ? wrong(List.of(part)) : failed(part, unforeseen(e.getCause()));
    } else if (failure instanceof CompositionException e) {
      String where =
          e.origins().stream()
              .map(ComponentOrigin::where)
              .filter(w -> !w.isEmpty())
              .findFirst()
              .orElse("");
      return wrong(List.of(part(where, e.getMessage(), "")));
    } else if (failure instanceof RunException || failure instanceof ComponentException) {
      return failed(part("", failure.getMessage(), ""), unforeseen(failure.getCause()));
    }
    return exhausted(failure)
        .map(part -> failed(part, false))
        .orElseGet(
            () ->
                failed(part("", "this should not happen: " + ErrorText.chain(failure), ""), true));
  }

  /** The memory that a failure lacked; empty if it has another reason. */
  private static Optional<ReportedProblem> exhausted(Throwable failure) {
    OptionalLong requested = OutOfMemory.requestedBytes(failure);
    if (requested.isPresent()) {
      return Optional.of(
          part(
              "",
              "there is not enough memory: the engine asked for another %s, and %s are available"
                  .formatted(
                      OutOfMemory.formatBytes(requested.getAsLong()),
                      OutOfMemory.formatBytes(OutOfMemory.availableBytes())),
              "Use smaller networks, smaller batches or fewer samples."));
    } else if (OutOfMemory.isHeapExhausted(failure)) {
      long limit = Runtime.getRuntime().maxMemory();
      return Optional.of(
          part(
              "",
              "Java's heap, which is limited to %s, is too small for this"
                  .formatted(OutOfMemory.formatBytes(limit)),
              "Ask for less, or raise the limit with %s."
                  .formatted(OutOfMemory.largerHeapOption(limit))));
    }
    return ErrorText.find(failure, StackOverflowError.class)
        .map(
            overflow ->
                part(
                    "",
                    "calls are nested too deeply for Java's stack" + place(overflow),
                    "Use fewer or simpler components; a plugin that calls itself has a bug."));
  }

  private static String place(StackOverflowError overflow) {
    StackTraceElement[] trace = overflow.getStackTrace();
    return trace.length == 0 ? "" : ", in " + trace[0].getClassName();
  }

  /** Whether a cause is an exception that Gantry does not describe in a sentence. */
  private static boolean unforeseen(Throwable cause) {
    return cause instanceof RuntimeException
        && !cause.getClass().getPackageName().startsWith("org.gantry.");
  }

  private static ErrorReport wrong(List<ReportedProblem> parts) {
    return new ErrorReport(ExitCode.WRONG_INPUT, List.copyOf(parts), Optional.empty(), false);
  }

  private static ErrorReport failed(ReportedProblem part, boolean defect) {
    return new ErrorReport(ExitCode.FAILED, List.of(part), Optional.empty(), defect);
  }

  private static ReportedProblem part(String where, String message, String fix) {
    return part(where, message, "", fix);
  }

  private static ReportedProblem part(String where, String message, String expected, String fix) {
    return new ReportedProblem(
        ErrorText.line(where),
        ErrorText.line(message),
        ErrorText.line(expected),
        ErrorText.line(fix));
  }

  /** Prints the problems to the standard error, for people. */
  public void print(Console console) {
    boolean colour = console.terminal().errorColour();
    for (ReportedProblem part : parts) {
      console.err().println(AnsiStyle.ERROR.apply("error:", colour) + " " + part.sentence());
      if (!part.fix().isEmpty()) {
        console.err().println("  " + AnsiStyle.FIX.apply("fix:", colour) + " " + part.fix());
      }
    }
    log.ifPresent(file -> console.err().println("  log: " + file));
    if (log.isEmpty() && defect) {
      console
          .err()
          .println("  " + AnsiStyle.FIX.apply("fix:", colour) + " --debug shows the full trace");
    }
  }

  /** Prints the problems as JSON to the standard output, in place of the result. */
  public void printJson(Console console) {
    Map<String, Object> error =
        JsonText.object(
            "exitCode",
            exitCode,
            "problems",
            parts.stream().map(ErrorReport::json).toList(),
            "log",
            log);
    console.out().println(JsonText.of(JsonText.object("error", error)));
  }

  private static Map<String, Object> json(ReportedProblem part) {
    Matcher place = PLACE.matcher(part.where());
    boolean inFile = place.matches();
    return JsonText.object(
        "message",
        part.message(),
        "where",
        text(part.where()),
        "file",
        inFile ? place.group(1) : null,
        "line",
        inFile ? Integer.valueOf(place.group(2)) : null,
        "column",
        inFile ? Integer.valueOf(place.group(3)) : null,
        "expected",
        text(part.expected()),
        "fix",
        text(part.fix()));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }
}
