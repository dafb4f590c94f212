package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.shell.BackgroundJobs;
import org.gantry.cli.shell.ShellSession;
import org.gantry.cli.shell.TabCompletion;
import org.gantry.host.CommandInvocation;
import org.junit.jupiter.api.Test;

class ShellTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          System.out,
          new PrintStream(err, true, StandardCharsets.UTF_8),
          TerminalInfo.NONE,
          () -> false);
  private final BackgroundJobs jobs = new BackgroundJobs();
  private final List<List<String>> executed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch release = new CountDownLatch(1);

  /** Predefined lines. */
  private record Given(Deque<String> left, List<String> said) implements ShellSession.ShellInput {

    static Given of(String... lines) {
      return new Given(
          new ArrayDeque<>(List.of(lines)), Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public Optional<String> nextLine() {
      return Optional.ofNullable(left.poll());
    }

    @Override
    public void printAbove(String text) {
      said.add(text);
    }

    @Override
    public boolean interrupted() {
      return false;
    }

    @Override
    public void close() {}
  }

  /** Returns its last word as the exit code; the command wait waits. */
  private int execute(CommandInvocation invocation) {
    executed.add(invocation.arguments());
    String last = invocation.arguments().get(invocation.arguments().size() - 1);
    if (last.equals("slow")) {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      invocation.out().println("runs/slow-001");
    }
    while (last.equals("until-stopped") && !invocation.interrupted().getAsBoolean()) {
      Thread.onSpinWait();
    }
    return last.matches("\\d+") ? Integer.parseInt(last) : last.startsWith("until") ? 130 : 0;
  }

  private int run(ShellSession.ShellInput lines) {
    return new ShellSession(console, jobs, this::execute).run(lines);
  }

  @Test
  void theLastFailureIsTheExitCode() {
    assertEquals(
        3, run(Given.of("runs", "", "# a comment", "fails 2", "gantry fails 3", "plugins list")));
    assertEquals(
        List.of(
            List.of("runs"),
            List.of("fails", "2"),
            List.of("fails", "3"),
            List.of("plugins", "list")),
        executed);
    assertEquals(0, run(Given.of("runs", "exit", "fails 2")));
  }

  @Test
  void wordsAreSplitAsInOtherShells() {
    assertEquals(
        List.of("train", "ring", "--set", "regularizers=[instance-noise]"),
        ShellSession.splitWords("train  ring --set regularizers=[instance-noise]"));
    assertEquals(
        List.of("install", "acme@[1.2,2)", "a b", "it's", "c d"),
        ShellSession.splitWords("install acme@[1.2,2) 'a b' \"it's\" c\\ d"));
    assertThrows(InvalidInputException.class, () -> ShellSession.splitWords("train 'ring"));
  }

  @Test
  void aMissingClosingQuoteIsReportedAndTheNextLineExecuted() {
    assertEquals(2, run(Given.of("train 'ring", "runs")));
    assertTrue(
        err.toString(StandardCharsets.UTF_8)
            .startsWith("error: missing closing quote: train 'ring\n"));
    assertEquals(List.of(List.of("runs")), executed);
  }

  @Test
  void theNextLineDoesNotWaitForBackgroundJobs() {
    Given lines = Given.of("train slow &", "runs");
    assertEquals(0, run(lines));
    assertTrue(executed.contains(List.of("runs")));
    assertEquals("[1] train slow\n", err.toString(StandardCharsets.UTF_8));
    release.countDown();
    assertEquals(0, jobs.awaitAll(() -> false));
    assertEquals("runs/slow-001\n", jobs.all().get(0).output());
  }

  @Test
  void aStoppedJobEndsLikeAnInterruptedCommand() {
    CommandFixture.CommandResult none = jobs("--stop", "1");
    assertEquals(2, none.exitCode());
    run(Given.of("train until-stopped &", "fails 4&"));
    assertEquals(0, jobs("--stop", "1").exitCode());
    assertEquals(4, jobs("--wait").exitCode());
    assertEquals(
        """
        job  state      command              latest
        1    stopped    train until-stopped
        2    failed, 4  fails 4
        """,
        jobs().out().replaceAll(" +\n", "\n"));
  }

  /** The subcommand of a name. */
  private CommandFixture.CommandResult jobs(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(List.of("jobs"));
    line.addAll(List.of(words));
    int exitCode =
        new CommandDispatcher(new CommandFixture(), invocation -> TerminalInfo.NONE, "1.2.3")
            .forShell(jobs)
            .run(
                new CommandInvocation(
                    line,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(said, true, StandardCharsets.UTF_8),
                    () -> false));
    return new CommandFixture.CommandResult(
        exitCode, out.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void wordsAreCompletedWithCurrentNames() {
    CommandFixture stage = new CommandFixture();
    TabCompletion suggestions =
        new TabCompletion(
            new CommandDispatcher(stage, invocation -> TerminalInfo.NONE, "1.2.3")
                .forShell(jobs)
                .commandLine(console),
            stage);
    assertTrue(
        suggestions
            .completionsAt(List.of(""), 0)
            .containsAll(List.of("train", "plugins", "jobs", "exit")));
    assertTrue(suggestions.completionsAt(List.of("plugins", "re"), 1).contains("remove"));
    assertTrue(suggestions.completionsAt(List.of("train", "--st"), 1).contains("--steps"));
    assertTrue(suggestions.completionsAt(List.of("train", "--seed", "1", "t"), 3).contains("tiny"));
    assertTrue(suggestions.completionsAt(List.of("train", "--steps", ""), 2).isEmpty());
    assertEquals(
        List.of("loss=hinge"),
        suggestions.completionsAt(List.of("train", "tiny", "--set", "loss="), 3));
    assertEquals(
        List.of("discriminator/small", "generator/small", "loss/hinge"),
        suggestions.completionsAt(List.of("describe", "l"), 1).stream()
            .filter(w -> w.contains("/"))
            .toList());
    stage.install(CommandFixture.component("loss", "another", "Another.", "acme.more"));
    assertEquals(
        List.of("loss=hinge", "loss=another"),
        suggestions.completionsAt(List.of("train", "tiny", "--set", "loss="), 3));
  }

  /** What the completion of bash, zsh and fish asks for. */
  @Test
  void theShellsOfTheSystemAreGivenTheWordsThatFit() {
    CommandFixture stage = new CommandFixture();
    assertEquals("train\ntranslate\n", stage.run("complete", "--", "tr").out());
    assertEquals("--steps\n", stage.run("complete", "--", "train", "--ste").out());
    assertEquals(
        "loss=hinge\n", stage.run("complete", "--", "train", "tiny", "--set", "loss=h").out());
    assertFalse(stage.run("complete").out().contains("complete"), "it is for programs only");
    assertEquals("", stage.run("complete", "--", "nothing", "x").out());
  }
}
