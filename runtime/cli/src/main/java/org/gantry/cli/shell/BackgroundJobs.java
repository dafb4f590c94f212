package org.gantry.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.gantry.cli.console.ExitCode;
import org.gantry.host.CommandInvocation;

/** The background jobs of a shell. Safe for use by several threads. */
public final class BackgroundJobs {

  /** How often a wait looks for its end. */
  private static final long LOOK_MILLIS = 100;

  private final List<BackgroundJob> all = new ArrayList<>();

  /** A command that runs in the background; its output is kept in memory. */
  public static final class BackgroundJob {

    private final int number;
    private final List<String> words;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile int exitCode;

    private BackgroundJob(int number, List<String> words) {
      this.number = number;
      this.words = List.copyOf(words);
    }

    int number() {
      return number;
    }

    /** The command as typed. */
    String command() {
      return String.join(" ", words);
    }

    boolean isFinished() {
      return over.getCount() == 0;
    }

    /** The exit code of a finished job. */
    int exitCode() {
      return exitCode;
    }

    /** Interrupts the command, which ends as after Ctrl-C. */
    void stop() {
      stopping = true;
    }

    /** The results of the command. */
    public String output() {
      return out.toString(StandardCharsets.UTF_8);
    }

    /** The lines of its progress, notes and errors. */
    List<String> errorLines() {
      return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void run(ToIntFunction<CommandInvocation> commands) {
      try {
        exitCode =
            commands.applyAsInt(new CommandInvocation(words, to(out), to(err), () -> stopping));
      } catch (RuntimeException | Error e) {
        // Nothing else would report it.
        e.printStackTrace(to(err));
        exitCode = ExitCode.FAILED;
      }
    }

    private static PrintStream to(ByteArrayOutputStream bytes) {
      return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
  }

  /**
   * Starts a command.
   *
   * @param ended receives the finished job, on the thread that ran it
   */
  BackgroundJob start(
      List<String> words,
      ToIntFunction<CommandInvocation> commands,
      Consumer<BackgroundJob> ended) {
    BackgroundJob job;
    synchronized (all) {
      job = new BackgroundJob(all.size() + 1, words);
      all.add(job);
    }
    Thread thread =
        new Thread(
            () -> {
              job.run(commands);
              job.over.countDown();
              ended.accept(job);
            },
            "job " + job.number());
    thread.setDaemon(true);
    thread.start();
    return job;
  }

  /** All jobs since the start of the shell, in order. */
  public List<BackgroundJob> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** Interrupts all jobs. */
  void stopAll() {
    all().forEach(BackgroundJob::stop);
  }

  /**
   * Waits until all jobs have ended.
   *
   * @param enough true to stop waiting
   * @return the exit code of the last job that failed; 0 if none did; 130 if the wait was stopped
   */
  public int awaitAll(BooleanSupplier enough) {
    int failure = ExitCode.DONE;
    for (BackgroundJob job : all()) {
      if (!awaitAll(job, enough)) {
        return ExitCode.INTERRUPTED;
      }
      failure = job.exitCode() == ExitCode.DONE ? failure : job.exitCode();
    }
    return failure;
  }

  private static boolean awaitAll(BackgroundJob job, BooleanSupplier enough) {
    try {
      while (!job.over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (enough.getAsBoolean()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
