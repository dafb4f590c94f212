package org.gantry.cli.shell;

import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists, stops and awaits the background jobs of a shell. */
@Command(
    name = "jobs",
    description = "List the background jobs, stop one, or wait for all.",
    footer = {"Example:", "  train ring &", "  jobs --stop 1"})
public final class JobsCommand implements Callable<Integer> {

  private final BackgroundJobs jobs;
  private final Console console;

  @Option(names = "--stop", paramLabel = "N", description = "Stop job N as Ctrl-C would.")
  private Integer stop;

  @Option(names = "--wait", description = "Wait until all jobs have ended.")
  private boolean wait;

  public JobsCommand(BackgroundJobs jobs, Console console) {
    this.jobs = jobs;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (stop != null) {
      job().stop();
    }
    if (wait) {
      return jobs.awaitAll(console.interrupted());
    }
    if (stop == null) {
      list(jobs.all());
    }
    return ExitCode.DONE;
  }

  private BackgroundJobs.BackgroundJob job() {
    List<BackgroundJobs.BackgroundJob> all = jobs.all();
    if (stop < 1 || stop > all.size()) {
      throw new InvalidInputException(
          "--stop %d: there is no job of this number".formatted(stop), "'jobs' lists them.");
    }
    return all.get(stop - 1);
  }

  private void list(List<BackgroundJobs.BackgroundJob> all) {
    if (all.isEmpty()) {
      console.err().println("there are no jobs; '&' after a command starts one");
      return;
    }
    TextTable table = TextTable.headed(0, "job", "state", "command", "latest");
    for (BackgroundJobs.BackgroundJob job : all) {
      List<String> said = job.errorLines();
      table.row(
          Integer.toString(job.number()),
          job.isFinished() ? ShellSession.endText(job) : "running",
          job.command(),
          said.isEmpty() ? "" : said.get(said.size() - 1).strip());
    }
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }
}
