package org.gantry.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes wrong words of a command line in the words of this product. */
final class UsageProblem {

  /** The commands of a shell, which mean nothing outside. */
  private static final Set<String> SHELL_COMMANDS = Set.of("jobs", "exit");

  private static final String SHELL_FIX = "It is a command of 'gantry shell'.";

  private static final Map<Class<?>, BigInteger> LARGEST =
      Map.of(
          int.class, BigInteger.valueOf(Integer.MAX_VALUE),
          Integer.class, BigInteger.valueOf(Integer.MAX_VALUE),
          long.class, BigInteger.valueOf(Long.MAX_VALUE),
          Long.class, BigInteger.valueOf(Long.MAX_VALUE));

  private final ParameterException thrown;
  private final CommandLine command;
  private final String name;

  private UsageProblem(ParameterException thrown) {
    this.thrown = thrown;
    command = thrown.getCommandLine();
    name = command.getCommandSpec().qualifiedName();
  }

  /** The error of a command line that cannot be parsed. */
  static InvalidInputException of(ParameterException thrown) {
    return new UsageProblem(thrown).describe();
  }

  private InvalidInputException describe() {
    if (thrown instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), unmatched.isUnknownOption());
    } else if (thrown instanceof MissingParameterException missing) {
      List<String> words = missing.getMissing().stream().map(UsageProblem::words).toList();
      return problem(name + " needs " + MessageText.joined(words, "and"), "");
    } else if (thrown instanceof OverwrittenOptionException twice) {
      return problem(option(twice.getOverwritten()) + " is given twice", "");
    } else if (thrown.getArgSpec() != null && thrown.getValue() != null) {
      return wrongValue(thrown.getArgSpec(), thrown.getValue());
    }
    return problem(thrown.getMessage(), "");
  }

  private InvalidInputException unmatched(String word, boolean option) {
    CommandSpec spec = command.getCommandSpec();
    if (option) {
      return problem("%s has no option '%s'".formatted(name, word), "")
          .withFix(NearestName.suggestion(word, spec.optionsMap().keySet()) + help());
    }
    Set<String> commands = new TreeSet<>(command.getSubcommands().keySet());
    if (commands.isEmpty()) {
      return problem("%s does not expect '%s'".formatted(name, word), "");
    }
    String expected = MessageText.quoted(List.copyOf(command.getSubcommands().keySet()), "or");
    InvalidInputException unknown =
        problem("%s has no command '%s'".formatted(name, word), expected);
    return spec.parent() == null && SHELL_COMMANDS.contains(word)
        ? unknown.withFix(SHELL_FIX)
        : unknown.withFix(NearestName.suggestion(word, commands) + help());
  }

  /** What is missing, as it is written: an option with its value, or arguments. */
  private static String words(ArgSpec missing) {
    String label = missing.paramLabel();
    if (missing instanceof OptionSpec option) {
      return option(option) + " " + label;
    }
    int least = missing.arity().min();
    return least > 1 ? "at least %d arguments %s".formatted(least, label) : label;
  }

  private InvalidInputException wrongValue(ArgSpec argument, String value) {
    String expected = expected(argument.typeInfo().getType(), value);
    String given =
        (argument instanceof OptionSpec ? option(argument) : argument.paramLabel()) + " " + value;
    if (expected.isEmpty()) {
      return problem("%s: the value is not allowed".formatted(given), "");
    }
    return problem(given + ": expected " + expected, expected);
  }

  /** The expected value in place of a wrong one; empty if only the command knows. */
  private static String expected(Class<?> type, String value) {
    if (LARGEST.containsKey(type)) {
      return value.matches("[-+]?\\d+")
          ? "a whole number of at most " + LARGEST.get(type) + " in size"
          : "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "no value";
    } else if (java.nio.file.Path.class.isAssignableFrom(type)) {
      return "a path";
    }
    return "";
  }

  private static String option(ArgSpec argument) {
    return ((OptionSpec) argument).longestName();
  }

  private InvalidInputException problem(String message, String expected) {
    return new InvalidInputException(message, help()).withExpected(expected);
  }

  private String help() {
    List<String> shown = new ArrayList<>();
    if (!command.getSubcommands().isEmpty()) {
      shown.add("commands");
    }
    if (!command.getCommandSpec().positionalParameters().isEmpty()) {
      shown.add("arguments");
    }
    shown.add("options");
    return "'%s --help' shows its %s.".formatted(name, MessageText.joined(shown, "and"));
  }
}
