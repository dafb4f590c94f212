package org.gantry.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gantry.host.CommandInvocation;
import org.gantry.recipes.text.MessageWording;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Executes commands. Everything about one command is made for it and forgotten after it. */
final class Commands implements org.gantry.host.CommandLine {

  private static final int HELP_WIDTH = 100;

  private final Services services;
  private final Function<CommandInvocation, Terminal> terminals;
  private final String version;
  private final Optional<Jobs> jobs;

  /** The commands of a process that executes one of them. */
  Commands(Services services, Function<CommandInvocation, Terminal> terminals, String version) {
    this(services, terminals, version, Optional.empty());
  }

  private Commands(
      Services services,
      Function<CommandInvocation, Terminal> terminals,
      String version,
      Optional<Jobs> jobs) {
    this.services = services;
    this.terminals = terminals;
    this.version = version;
    this.jobs = jobs;
  }

  /** The commands of a shell, which has jobs and starts no other. */
  Commands inShell(Jobs background) {
    return new Commands(services, terminals, version, Optional.of(background));
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
        line(console, invocation.wantsJson())
            .execute(invocation.arguments().toArray(new String[0]));
    console.out().flush();
    console.err().flush();
    return exitCode;
  }

  /** All commands, for one execution. */
  CommandLine line(Console console) {
    return line(console, false);
  }

  private CommandLine line(Console console, boolean json) {
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
                .addSubcommand(new ShellCommand.Exit()),
        () -> line.addSubcommand(new ShellCommand(services, console, this)));
    line.getCommandSpec().version("gantry " + version);
    equip(line);
    Ansi colour = console.terminal().outColour() ? Ansi.ON : Ansi.OFF;
    return line.setExpandAtFiles(false)
        .setUsageHelpWidth(Math.max(60, Math.min(HELP_WIDTH, console.terminal().width())))
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setParameterExceptionHandler((e, arguments) -> refuse(e, console, json))
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, parsed, console, json));
  }

  /** Gives a command, and those below it, the options that all have. */
  private static void equip(CommandLine command) {
    command
        .getCommandSpec()
        .addMixin("common", CommandLine.Model.CommandSpec.forAnnotatedObject(new Common()));
    command.getCommandSpec().usageMessage().parameterListHeading("%nArguments:%n");
    // One with two names is there twice.
    command.getSubcommands().values().stream().distinct().forEach(Commands::equip);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int refuse(ParameterException e, Console console, boolean json) {
    return tell(
        Complaint.of(new WrongInput(message(e), fix(e)).inPlaceOf(expected(e))), console, json);
  }

  /** What would have been right instead of a word that is there; empty where one is missing. */
  private static String expected(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      Set<String> commands = e.getCommandLine().getSubcommands().keySet();
      return unmatched.isUnknownOption() ? "" : MessageWording.quoted(List.copyOf(commands), "or");
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
    String help = "'%s --help' shows what there is.";
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      if (!nearest.isEmpty()) {
        return "Did you mean '%s'? ".formatted(nearest.get(0)) + help.formatted(command);
      }
    }
    return help.formatted(command);
  }

  private static int fail(Exception e, ParseResult parsed, Console console, boolean json) {
    if (debug(parsed)) {
      e.printStackTrace(console.err());
    }
    return tell(Complaint.of(e), console, json);
  }

  private static int tell(Complaint complaint, Console console, boolean json) {
    if (json) {
      complaint.answer(console);
    } else {
      complaint.print(console);
    }
    return complaint.exitCode();
  }

  private static boolean debug(ParseResult parsed) {
    return parsed.hasMatchedOption("--debug")
        || (parsed.hasSubcommand() && debug(parsed.subcommand()));
  }
}
