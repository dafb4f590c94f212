package org.gantry.cli.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.host.CommandInvocation;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;

/**
 * Executes lines, each a command without {@code gantry}. A line that ends in {@code &} runs in the
 * background.
 */
public final class ShellSession {

  private static final String PROGRAM = "gantry";
  private static final String EXIT = "exit";
  private static final String BACKGROUND = "&";
  private static final String COMMENT = "#";

  /** The number of error lines to show for a failed job. */
  private static final int LAST_LINES = 3;

  /** The source of lines. */
  public interface ShellInput extends AutoCloseable {

    /** The next line; empty at the end. */
    Optional<String> nextLine();

    /** Prints a text above the line that the user may be typing. */
    void printAbove(String text);

    /** Whether the running command should end. */
    boolean interrupted();

    @Override
    void close();
  }

  private final Console console;
  private final BackgroundJobs jobs;
  private final ToIntFunction<CommandInvocation> commands;

  public ShellSession(
      Console console, BackgroundJobs jobs, ToIntFunction<CommandInvocation> commands) {
    this.console = console;
    this.jobs = jobs;
    this.commands = commands;
  }

  /**
   * Executes all lines.
   *
   * @return the exit code of the last command that failed; 0 if none did
   */
  public int run(ShellInput lines) {
    int failure = ExitCode.DONE;
    while (!console.interrupted().getAsBoolean()) {
      Optional<String> line = lines.nextLine();
      if (line.isEmpty() || line.get().strip().equals(EXIT)) {
        break;
      }
      int exitCode = execute(line.get().strip(), lines);
      failure = exitCode == ExitCode.DONE ? failure : exitCode;
    }
    return failure;
  }

  private int execute(String line, ShellInput lines) {
    if (line.isEmpty() || line.startsWith(COMMENT)) {
      return ExitCode.DONE;
    }
    boolean background = line.endsWith(BACKGROUND);
    try {
      List<String> words = splitWords(background ? line.substring(0, line.length() - 1) : line);
      if (background) {
        BackgroundJobs.BackgroundJob job =
            jobs.start(words, commands, over -> lines.printAbove(endMessage(over)));
        console.err().printf("[%d] %s%n", job.number(), job.command());
        return ExitCode.DONE;
      }
      return commands.applyAsInt(
          new CommandInvocation(
              words,
              console.out(),
              console.err(),
              () -> lines.interrupted() || console.interrupted().getAsBoolean()));
    } catch (InvalidInputException e) {
      ErrorReport complaint = ErrorReport.of(e);
      complaint.print(console);
      return complaint.exitCode();
    }
  }

  /** Splits a line at spaces, except within quotes and after backslashes. */
  public static List<String> splitWords(String line) {
    try {
      List<String> words =
          parser().parse(line.strip(), line.strip().length(), ParseContext.ACCEPT_LINE).words();
      boolean pasted = words.size() > 1 && words.get(0).equals(PROGRAM);
      return pasted ? words.subList(1, words.size()) : words;
    } catch (EOFError e) {
      throw new InvalidInputException(
          "missing closing quote: " + line, "Close the quote, or put \\ before it.", e);
    }
  }

  /** The parser of lines, which fails if a closing quote is missing. */
  static DefaultParser parser() {
    DefaultParser parser = new DefaultParser();
    parser.setEofOnUnclosedQuote(true);
    return parser;
  }

  /** How a finished job ended. */
  static String endText(BackgroundJobs.BackgroundJob job) {
    return switch (job.exitCode()) {
      case ExitCode.DONE -> "done";
      case ExitCode.INTERRUPTED -> "stopped";
      default -> "failed, " + job.exitCode();
    };
  }

  private static String endMessage(BackgroundJobs.BackgroundJob job) {
    List<String> said = job.errorLines();
    String words =
        job.exitCode() == ExitCode.DONE
            ? job.output()
            : said.subList(Math.max(0, said.size() - LAST_LINES), said.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    return "[%d] %s: %s%n%s".formatted(job.number(), endText(job), job.command(), words);
  }
}
