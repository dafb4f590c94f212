package org.gantry.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.experiments.ExperimentsCommand;
import org.gantry.cli.experiments.ExperimentsListCommand;
import org.gantry.cli.experiments.ExperimentsPageCommand;
import org.gantry.cli.experiments.ExperimentsRunCommand;
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
import org.gantry.cli.recipes.ComponentsCommand;
import org.gantry.cli.recipes.DescribeCommand;
import org.gantry.cli.recipes.ExplainCommand;
import org.gantry.cli.recipes.GraphCommand;
import org.gantry.cli.recipes.RecipesCommand;
import org.gantry.cli.recipes.SchemaCommand;
import org.gantry.cli.recipes.ValidateCommand;
import org.gantry.cli.runs.CompareCommand;
import org.gantry.cli.runs.EvaluateCommand;
import org.gantry.cli.runs.ExportCommand;
import org.gantry.cli.runs.LiveCommand;
import org.gantry.cli.runs.ReportCommand;
import org.gantry.cli.runs.RunsCommand;
import org.gantry.cli.runs.SampleCommand;
import org.gantry.cli.runs.TrainCommand;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.shell.BackgroundJobs;
import org.gantry.cli.shell.JobsCommand;
import org.gantry.cli.shell.ShellCommand;
import org.gantry.cli.shell.ShellCommands;
import org.gantry.host.CommandInvocation;
import org.gantry.recipes.text.MessageText;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
            invocation.out(),
            invocation.err(),
            terminals.apply(invocation),
            invocation.interrupted());
    int exitCode =
        commandLine(console, invocation.wantsJson())
            .execute(invocation.arguments().toArray(new String[0]));
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
    CommandLine line = new CommandLine(new GantryCommand(console));
    line.addSubcommand(new TrainCommand(services, console))
        .addSubcommand(new SampleCommand(services, console))
        .addSubcommand(new EvaluateCommand(services, console))
        .addSubcommand(new LiveCommand(console))
        .addSubcommand(new RunsCommand(console))
        .addSubcommand(new ReportCommand(services, console))
        .addSubcommand(new CompareCommand(services, console))
        .addSubcommand(new ExportCommand(services, console))
        .addSubcommand(experiments)
        .addSubcommand(new RecipesCommand(services, console))
        .addSubcommand(new ValidateCommand(services, console))
        .addSubcommand(new ExplainCommand(services, console))
        .addSubcommand(new GraphCommand(services, console))
        .addSubcommand(new ComponentsCommand(services, console))
        .addSubcommand(new DescribeCommand(services, console))
        .addSubcommand(plugins)
        .addSubcommand(RepositoryCommand.with(services, console))
        .addSubcommand(new SchemaCommand(services, console));
    jobs.ifPresentOrElse(
        background ->
            line.addSubcommand(new JobsCommand(background, console))
                .addSubcommand(new ShellCommand.ExitCommand()),
        () -> line.addSubcommand(new ShellCommand(services, console, this::forShell)));
    line.getCommandSpec().version("gantry " + version);
    addCommonOptions(line);
    Ansi colour = console.terminal().outColour() ? Ansi.ON : Ansi.OFF;
    return line.setExpandAtFiles(false)
        .setUsageHelpWidth(Math.max(60, Math.min(HELP_WIDTH, console.terminal().width())))
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setParameterExceptionHandler((e, arguments) -> reportWrongUsage(e, console, json))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> reportFailure(e, parsed, console, json));
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

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int reportWrongUsage(ParameterException e, Console console, boolean json) {
    return report(
        ErrorReport.of(new InvalidInputException(message(e), fix(e)).withExpected(expected(e))),
        console,
        json);
  }

  /** The expected value in place of a wrong one; empty if a word is missing. */
  private static String expected(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      Set<String> commands = e.getCommandLine().getSubcommands().keySet();
      return unmatched.isUnknownOption() ? "" : MessageText.quoted(List.copyOf(commands), "or");
    } else if (e.getArgSpec() == null || e.getValue() == null) {
      return "";
    }
    Class<?> type = e.getArgSpec().typeInfo().getType();
    boolean whole = List.of("int", "Integer", "long", "Long").contains(type.getSimpleName());
    boolean decimal = List.of("double", "Double").contains(type.getSimpleName());
    return whole ? "a whole number" : decimal ? "a number" : "";
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      String command = e.getCommandLine().getCommandSpec().qualifiedName();
      if (unmatched.isUnknownOption()) {
        return "%s has no option '%s'".formatted(command, first);
      }
      return e.getCommandLine().getSubcommands().isEmpty()
          ? "%s does not expect '%s'".formatted(command, first)
          : "%s has no command '%s'".formatted(command, first);
    }
    return e.getMessage();
  }

  private static String fix(ParameterException e) {
    String help = "'%s --help' shows its commands and options.";
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      if (!nearest.isEmpty()) {
        return "Did you mean '%s'? ".formatted(nearest.get(0)) + help.formatted(command);
      }
    }
    return help.formatted(command);
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
