package org.gantry.cli.shell;

import java.util.List;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists, ends and awaits what a shell has at work. */
@Command(
    name = "jobs",
    description = "List what was started with '&', stop it, or wait for it.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {"  train ring &", "  jobs --stop 1"})
public final class JobsCommand implements Callable<Integer> {

  private final BackgroundJobs jobs;
  private final Console console;

  @Option(
      names = "--stop",
      paramLabel = "N",
      description = "End job N as Ctrl-C would: complete what is half done.")
  private Integer stop;

  @Option(names = "--wait", description = "Wait until all jobs are over.")
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
          "--stop %d: there is no such job".formatted(stop), "'jobs' lists them.");
    }
    return all.get(stop - 1);
  }

  private void list(List<BackgroundJobs.BackgroundJob> all) {
    if (all.isEmpty()) {
      console.err().println("no jobs; '&' after a command makes it one");
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
