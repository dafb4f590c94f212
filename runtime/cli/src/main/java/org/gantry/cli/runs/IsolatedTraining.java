package org.gantry.cli.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.TerminalStream;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;

/**
 * Trains in a separate process, and restarts it from the run's last checkpoint when a signal kills
 * it: after a crash in native code, for lack of memory, or by the user. A process that exits
 * normally is not restarted, whether the training is done or has failed.
 *
 * @param program the launch script, which takes the words of a command
 * @param console receives the output of the process
 * @param run the run's folder
 */
public record IsolatedTraining(Path program, Console console, Path run) {

  /** The number of restarts without a new checkpoint before giving up. */
  public static final int FRUITLESS_RESTARTS = 3;

  private static final int SIGNAL = 128;
  private static final int KILLED = 9;

  /** The options of the first command that restarts keep. */
  private static final Set<String> KEPT =
      Set.of("--other-plugins", CommandInvocation.SAFE_MODE, "--debug");

  /** Signals on which a training ends normally: SIGHUP, SIGINT, SIGTERM. */
  private static final Set<Integer> ORDERLY = Set.of(1, 2, 15);

  private static final long GLANCE_MILLIS = 50;

  /**
   * Adds a condition to the interruption of a training: the process that watches over it has ended.
   * Without it, the training could neither be restarted nor be noticed.
   *
   * @param environment the environment of this process
   * @param interrupted the condition to extend
   */
  public static BooleanSupplier interruptedOrOrphaned(
      Map<String, String> environment, BooleanSupplier interrupted) {
    String parent = environment.getOrDefault(CommandInvocation.WATCHING_PROCESS, "");
    if (!parent.matches("\\d{1,18}")) {
      return interrupted;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parent));
    return () -> process.filter(ProcessHandle::isAlive).isEmpty() || interrupted.getAsBoolean();
  }

  /**
   * Trains until a process exits normally.
   *
   * @param first the words of the command that starts or continues the training
   * @return the exit code of the last process
   * @throws RunException if processes die repeatedly without a new checkpoint, or cannot be started
   */
  int train(List<String> first) {
    long reached = progress().step();
    String before = progress().recipe();
    int resumed = progress().resumeCount();
    int fruitless = 0;
    List<String> words = first;
    while (true) {
      int code = execute(words);
      if (code == ExitCode.DONE && progress().running()) {
        throw new RunException(
            "the process of the training ended without an error and without a result after step "
                + progress().step()
                + "; a plugin may have ended it");
      }
      if (code < SIGNAL || ORDERLY.contains(code - SIGNAL)) {
        return code;
      } else if (console.interrupted().getAsBoolean()) {
        return ExitCode.INTERRUPTED;
      } else if (progress().done() && isUnderWay(first, resumed)) {
        console.out().println(run);
        return ExitCode.DONE;
      }
      long step = progress().step();
      fruitless = step > reached ? 0 : fruitless + 1;
      reached = Math.max(step, reached);
      String death = "the process of the training died of signal " + text(code - SIGNAL);
      if (fruitless > FRUITLESS_RESTARTS) {
        throw new RunException(
            "%s, like %d before it, without a new checkpoint after step %d; it is not restarted%s"
                .formatted(
                    death,
                    fruitless - 1,
                    reached,
                    code - SIGNAL == KILLED ? "; a smaller train.batch needs less memory" : ""));
      }
      console.err().printf("note: %s; it restarts after step %d%n", death, reached);
      if (!progress().begun()) {
        RunFolder.removeIncomplete(run);
        words = first;
      } else {
        // Once the recipe has the requested changes, they must not be applied again.
        boolean changed = !progress().recipe().equals(before);
        words = isUnderWay(first, resumed) || changed ? resumeWords(first) : first;
      }
    }
  }

  /**
   * Whether the run's state already belongs to the requested training.
   *
   * @param resumed the number of times that the run had been continued before the first process
   */
  private boolean isUnderWay(List<String> first, int resumed) {
    return first.stream().noneMatch(w -> w.startsWith("--resume"))
        || progress().resumeCount() > resumed;
  }

  private List<String> resumeWords(List<String> first) {
    List<String> words = new ArrayList<>(List.of("train", "--resume", run.toString()));
    first.stream().filter(KEPT::contains).forEach(words::add);
    return words;
  }

  private static String text(int signal) {
    return signal == KILLED ? signal + ", perhaps for lack of memory" : String.valueOf(signal);
  }

  private RunProgress progress() {
    return RunProgress.of(run);
  }

  private int execute(List<String> words) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    // The process inherits a terminal; other streams of a caller are copied from pipes.
    boolean own = isStandard(console.out()) && isStandard(console.err());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove(CommandInvocation.END_FILE);
    builder
        .environment()
        .put(CommandInvocation.WATCHING_PROCESS, Long.toString(ProcessHandle.current().pid()));
    try {
      Process process = (own ? builder.inheritIO() : builder).start();
      CompletableFuture<Void> told =
          own
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.allOf(
                  copy(process.getInputStream(), console.out()),
                  copy(process.getErrorStream(), console.err()));
      int code = await(process);
      told.join();
      return code;
    } catch (IOException e) {
      throw new RunException("cannot start a separate process: " + e.getMessage(), e);
    }
  }

  private static boolean isStandard(PrintStream stream) {
    return TerminalStream.descriptor(stream) >= 0;
  }

  private static CompletableFuture<Void> copy(InputStream from, PrintStream to) {
    return CompletableFuture.runAsync(
        () -> {
          try (InputStream in = from) {
            OutputStream out = to;
            in.transferTo(out);
          } catch (IOException e) {
            // Missing output of a dead process must not end the next one.
            to.println();
          }
        });
  }

  private int await(Process process) {
    boolean asked = false;
    try {
      while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!asked && console.interrupted().getAsBoolean()) {
          // A terminal interrupts the process, too, and a second SIGINT would end it at once,
          // so send SIGTERM. The handle, unlike the process, leaves its output streams open.
          process.toHandle().destroy();
          asked = true;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.toHandle().destroy();
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while waiting for the training in " + run, e);
    }
  }
}
