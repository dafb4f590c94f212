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

/** The commands that a shell has at work in its background. Safe for use by several threads. */
public final class BackgroundJobs {

  /** So often is looked whether somebody who waits has had enough. */
  private static final long LOOK_MILLIS = 100;

  private final List<BackgroundJob> all = new ArrayList<>();

  /** One of them. What it says is kept until somebody asks. */
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

    /** What was typed. */
    String command() {
      return String.join(" ", words);
    }

    boolean isFinished() {
      return over.getCount() == 0;
    }

    /** Of a job that is over. */
    int exitCode() {
      return exitCode;
    }

    /** Asks the command to end as soon as nothing is half done. */
    void stop() {
      stopping = true;
    }

    /** What it answered. */
    public String output() {
      return out.toString(StandardCharsets.UTF_8);
    }

    /** What it said on its way. */
    List<String> errorLines() {
      return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void run(ToIntFunction<CommandInvocation> commands) {
      try {
        exitCode =
            commands.applyAsInt(new CommandInvocation(words, to(out), to(err), () -> stopping));
      } catch (RuntimeException | Error e) {
        // Nobody else would see it.
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
   * @param ended told when it is over, from the thread that ran it
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

  /** All that were ever started, in order. */
  public List<BackgroundJob> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** Asks all to end. */
  void stopAll() {
    all().forEach(BackgroundJob::stop);
  }

  /**
   * Waits until all are over.
   *
   * @param enough true once whoever waits has had enough
   * @return the last failure's exit code; 0 if there was none
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
