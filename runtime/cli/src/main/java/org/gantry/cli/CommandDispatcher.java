package org.gantry.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.data.DataCheckCommand;
import org.gantry.cli.data.DataCommand;
import org.gantry.cli.data.DataPackCommand;
import org.gantry.cli.engine.EngineCommand;
import org.gantry.cli.engine.EngineUseCommand;
import org.gantry.cli.experiments.ExperimentsCommand;
import org.gantry.cli.experiments.ExperimentsListCommand;
import org.gantry.cli.experiments.ExperimentsPageCommand;
import org.gantry.cli.experiments.ExperimentsRunCommand;
import org.gantry.cli.experiments.SweepCommand;
import org.gantry.cli.plugins.PluginsChangeCommand;
import org.gantry.cli.plugins.PluginsCommand;
import org.gantry.cli.plugins.PluginsDoctorCommand;
import org.gantry.cli.plugins.PluginsGenerationsCommand;
import org.gantry.cli.plugins.PluginsInfoCommand;
import org.gantry.cli.plugins.PluginsInstallCommand;
import org.gantry.cli.plugins.PluginsListCommand;
import org.gantry.cli.plugins.PluginsNewCommand;
import org.gantry.cli.plugins.PluginsPlanCommand;
import org.gantry.cli.plugins.PluginsRollbackCommand;
import org.gantry.cli.plugins.PluginsSearchCommand;
import org.gantry.cli.plugins.PluginsTestCommand;
import org.gantry.cli.plugins.PluginsTrustCommand;
import org.gantry.cli.plugins.PluginsUpdateCommand;
import org.gantry.cli.plugins.RepositoryCommand;
import org.gantry.cli.recipes.BenchCommand;
import org.gantry.cli.recipes.ComponentsCommand;
import org.gantry.cli.recipes.DescribeCommand;
import org.gantry.cli.recipes.ExplainCommand;
import org.gantry.cli.recipes.GraphCommand;
import org.gantry.cli.recipes.RecipesCommand;
import org.gantry.cli.recipes.SchemaCommand;
import org.gantry.cli.recipes.ValidateCommand;
import org.gantry.cli.runs.BlendCommand;
import org.gantry.cli.runs.CompareCommand;
import org.gantry.cli.runs.EditCommand;
import org.gantry.cli.runs.EvaluateCommand;
import org.gantry.cli.runs.ExportCommand;
import org.gantry.cli.runs.GalleryCommand;
import org.gantry.cli.runs.InpaintCommand;
import org.gantry.cli.runs.InterpolateCommand;
import org.gantry.cli.runs.LiveCommand;
import org.gantry.cli.runs.ProjectCommand;
import org.gantry.cli.runs.ReportCommand;
import org.gantry.cli.runs.RunsCommand;
import org.gantry.cli.runs.SampleCommand;
import org.gantry.cli.runs.ServeCommand;
import org.gantry.cli.runs.TrainCommand;
import org.gantry.cli.runs.TranslateCommand;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.shell.BackgroundJobs;
import org.gantry.cli.shell.CompleteCommand;
import org.gantry.cli.shell.JobsCommand;
import org.gantry.cli.shell.ShellCommand;
import org.gantry.cli.shell.ShellCommands;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.TerminalStream;
import org.gantry.host.support.TerminalText;
import org.gantry.host.support.UserPaths;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Executes commands. Each execution creates its own parser and command objects. */
public final class CommandDispatcher implements org.gantry.host.CommandLine, ShellCommands {

  private static final int HELP_WIDTH = 100;

  private final CommandServices services;
  private final Function<CommandInvocation, TerminalInfo> terminals;
  private final String version;
  private final Optional<BackgroundJobs> jobs;

  /** Creates the commands of a process. */
  public CommandDispatcher(
      CommandServices services,
      Function<CommandInvocation, TerminalInfo> terminals,
      String version) {
    this(services, terminals, version, Optional.empty());
  }

  private CommandDispatcher(
      CommandServices services,
      Function<CommandInvocation, TerminalInfo> terminals,
      String version,
      Optional<BackgroundJobs> jobs) {
    this.services = services;
    this.terminals = terminals;
    this.version = version;
    this.jobs = jobs;
  }

  /** The commands of a shell: with jobs, without another shell. */
  CommandDispatcher forShell(BackgroundJobs background) {
    return new CommandDispatcher(services, terminals, version, Optional.of(background));
  }

  @Override
  public int run(CommandInvocation invocation) {
    Console console =
        new Console(
            TerminalStream.over(invocation.out()),
            TerminalStream.over(invocation.err()),
            terminals.apply(invocation),
            invocation.interrupted());
    int exitCode;
    try {
      exitCode =
          commandLine(console, invocation.wantsJson())
              .execute(invocation.arguments().toArray(new String[0]));
    } catch (StackOverflowError | OutOfMemoryError e) {
      // The parser handles exceptions only. The stack is unwound, and what filled the heap is free.
      exitCode = report(ErrorReport.of(e), console, invocation.wantsJson());
    }
    console.out().flush();
    console.err().flush();
    return exitCode;
  }

  /** The parser of all commands, for one execution. */
  @Override
  public CommandLine commandLine(Console console) {
    return commandLine(console, false);
  }

  private CommandLine commandLine(Console console, boolean json) {
    CommandLine plugins = new CommandLine(new PluginsCommand(console));
    plugins
        .addSubcommand(new PluginsListCommand(services, console))
        .addSubcommand(new PluginsInstallCommand(services, console))
        .addSubcommand(new PluginsPlanCommand(services, console))
        .addSubcommand(new PluginsSearchCommand(services, console))
        .addSubcommand(new PluginsInfoCommand(services, console))
        .addSubcommand(new PluginsUpdateCommand(services, console));
    PluginsChangeCommand.all(services, console).forEach(plugins::addSubcommand);
    plugins
        .addSubcommand(new PluginsRollbackCommand(services, console))
        .addSubcommand(new PluginsGenerationsCommand(services, console))
        .addSubcommand(new PluginsDoctorCommand(services, console))
        .addSubcommand(new PluginsNewCommand(services, console))
        .addSubcommand(new PluginsTestCommand(services, console))
        .addSubcommand(PluginsTrustCommand.with(services, console));
    CommandLine experiments = new CommandLine(new ExperimentsCommand(console));
    experiments
        .addSubcommand(new ExperimentsListCommand(services, console))
        .addSubcommand(new ExperimentsRunCommand(services, console))
        .addSubcommand(new ExperimentsPageCommand());
    CommandLine data = new CommandLine(new DataCommand(console));
    data.addSubcommand(new DataCheckCommand(services, console))
        .addSubcommand(new DataPackCommand(services, console));
    CommandLine engine = new CommandLine(new EngineCommand(services, console));
    engine.addSubcommand(new EngineUseCommand(services, console));
    CommandLine line = new CommandLine(new GantryCommand(console));
    line.addSubcommand(new TrainCommand(services, console))
        .addSubcommand(new SampleCommand(services, console))
        .addSubcommand(new InterpolateCommand(services, console))
        .addSubcommand(new TranslateCommand(services, console))
        .addSubcommand(new ServeCommand(services, console))
        .addSubcommand(new ProjectCommand(services, console))
        .addSubcommand(new InpaintCommand(services, console))
        .addSubcommand(new EditCommand(services, console))
        .addSubcommand(new BlendCommand(services, console))
        .addSubcommand(new EvaluateCommand(services, console))
        .addSubcommand(new LiveCommand(console))
        .addSubcommand(new RunsCommand(console))
        .addSubcommand(new GalleryCommand(console))
        .addSubcommand(new ReportCommand(services, console))
        .addSubcommand(new CompareCommand(services, console))
        .addSubcommand(new ExportCommand(services, console))
        .addSubcommand(experiments)
        .addSubcommand(new SweepCommand(services, console))
        .addSubcommand(data)
        .addSubcommand(new RecipesCommand(services, console))
        .addSubcommand(new ValidateCommand(services, console))
        .addSubcommand(new ExplainCommand(services, console))
        .addSubcommand(new BenchCommand(services, console))
        .addSubcommand(new GraphCommand(services, console))
        .addSubcommand(new ComponentsCommand(services, console))
        .addSubcommand(new DescribeCommand(services, console))
        .addSubcommand(engine)
        .addSubcommand(plugins)
        .addSubcommand(RepositoryCommand.with(services, console))
        .addSubcommand(new SchemaCommand(services, console))
        .addSubcommand(new HelpCommand(console));
    jobs.ifPresentOrElse(
        background ->
            line.addSubcommand(new JobsCommand(background, console))
                .addSubcommand(new ShellCommand.ExitCommand()),
        () ->
            line.addSubcommand(new ShellCommand(services, console, this::forShell))
                .addSubcommand(new CompleteCommand(services, console)));
    line.getCommandSpec().version("gantry " + version);
    addCommonOptions(line);
    Ansi colour = console.terminal().outColour() ? Ansi.ON : Ansi.OFF;
    return line.registerConverter(Path.class, CommandDispatcher::path)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(Math.max(60, Math.min(HELP_WIDTH, console.terminal().width())))
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setExecutionStrategy(CommandDispatcher::execute)
        .setParameterExceptionHandler((e, arguments) -> reportWrongUsage(e, console, json))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> reportFailure(e, parsed, console, json));
  }

  /** Executes the last command. A word that is not a command is refused even if help is asked. */
  private static int execute(ParseResult parsed) {
    for (ParseResult each :
        parsed.asCommandLineList().stream().map(CommandLine::getParseResult).toList()) {
      List<String> unmatched = each.unmatched();
      if (!unmatched.isEmpty()
          && !unmatched.get(0).startsWith("-")
          && !each.commandSpec().subcommands().isEmpty()) {
        throw new UnmatchedArgumentException(each.commandSpec().commandLine(), unmatched);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static Path path(String text) {
    try {
      return UserPaths.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(UserPaths.reason(e));
    }
  }

  /** Adds the common options and headings to a command and its subcommands. */
  private static void addCommonOptions(CommandLine command) {
    command
        .getCommandSpec()
        .addMixin("common", CommandLine.Model.CommandSpec.forAnnotatedObject(new CommonOptions()));
    command
        .getCommandSpec()
        .usageMessage()
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .footerHeading("%n");
    // A subcommand with an alias is listed twice.
    command.getSubcommands().values().stream()
        .distinct()
        .forEach(CommandDispatcher::addCommonOptions);
  }

  /** A writer of help texts, whose styles are Gantry's own. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) {
            stream.print(TerminalText.control(new String(text, offset, length)));
          }

          @Override
          public void flush() {
            stream.flush();
          }

          @Override
          public void close() {
            stream.flush();
          }
        },
        true);
  }

  private static int reportWrongUsage(ParameterException e, Console console, boolean json) {
    return report(ErrorReport.of(UsageProblem.of(e)), console, json);
  }

  private static int reportFailure(Exception e, ParseResult parsed, Console console, boolean json) {
    if (debug(parsed)) {
      e.printStackTrace(console.err());
    }
    return report(ErrorReport.of(e), console, json);
  }

  private static int report(ErrorReport errors, Console console, boolean json) {
    if (json) {
      errors.printJson(console);
    } else {
      errors.print(console);
    }
    return errors.exitCode();
  }

  private static boolean debug(ParseResult parsed) {
    return parsed.hasMatchedOption("--debug")
        || (parsed.hasSubcommand() && debug(parsed.subcommand()));
  }
}
