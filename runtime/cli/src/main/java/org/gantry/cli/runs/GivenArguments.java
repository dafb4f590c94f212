package org.gantry.cli.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.FloatArrays;
import picocli.CommandLine.Option;

/** The arguments that say what to make, and of what. */
final class GivenArguments {

  @Option(
      names = "--use",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "What to make, of what the topology can make, such as translation; by default its first.")
  private String use;

  @Option(
      names = "--given",
      paramLabel = "NAME=VALUE",
      description =
          "The value of an input: label=7 or label=cat, text=\"a red cat\", image=FILE or"
              + " image=FOLDER. Several labels, as in label=1,2,3, share the samples. Can be"
              + " repeated; the data give the other inputs.")
  private List<String> given = new ArrayList<>();

  /**
   * Checks the name of the use.
   *
   * @param uses what the networks can make
   * @throws InvalidInputException if they cannot make what {@code --use} names
   */
  void requireUse(List<ModelUse> uses) {
    if (!use.isEmpty()) {
      UseNames.find(uses, use);
    }
  }

  /**
   * Finds the use.
   *
   * @param uses what the networks can make
   * @throws InvalidInputException if they cannot make what {@code --use} names, or nothing at all
   */
  ModelUse find(List<ModelUse> uses) {
    if (uses.isEmpty()) {
      throw new InvalidInputException(
          "the topology of the run states no use of its networks, so there is nothing to sample",
          "");
    }
    return use.isEmpty() ? uses.get(0) : UseNames.find(uses, use);
  }

  /**
   * Returns the choice. The values of an input share the samples.
   *
   * @param console receives notes about the values
   * @param count the number of samples in all
   */
  SampleInputs inputs(CommandServices services, Console console, int count) {
    return inputs(
        services, console, List.of(), (sample, values) -> (int) ((long) sample * values / count));
  }

  /**
   * Returns the choice.
   *
   * @param console receives notes about the values
   * @param further more values of the same inputs, as NAME=VALUE of the option --to
   * @param order which of its values an input has in each sample
   */
  SampleInputs inputs(
      CommandServices services, Console console, List<String> further, ValueOrder order) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String argument : given) {
      String name = name("--given", argument);
      List<String> one = new ArrayList<>(List.of(value(argument)));
      if (texts.put(name, one) != null) {
        throw new InvalidInputException(
            "--given %s appears twice".formatted(name),
            "Give each input one value; several labels share the samples, as in"
                + " --given label=1,2,3.");
      }
    }
    for (String argument : further) {
      String name = name("--to", argument);
      List<String> start = texts.get(name);
      if (start == null) {
        throw new InvalidInputException(
            "--to %s: expected --given %s=..., where the walk starts".formatted(argument, name),
            "");
      }
      start.add(value(argument));
    }
    return new ChosenInputs(
        use, texts, services, note -> console.err().println("note: " + note), order);
  }

  /** Which of its values an input has in a sample. */
  @FunctionalInterface
  interface ValueOrder {

    /**
     * Returns the index of the value.
     *
     * @param sample the index of the sample
     * @param values the number of values
     */
    int index(int sample, int values);
  }

  private static String name(String option, String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          "%s %s: expected NAME=VALUE".formatted(option, argument),
          "For example: %s label=7".formatted(option));
    }
    return argument.substring(0, equals);
  }

  private static String value(String argument) {
    return argument.substring(argument.indexOf('=') + 1);
  }

  /** The values that the arguments state, in the order of the samples. */
  private record ChosenInputs(
      String use,
      Map<String, List<String>> texts,
      CommandServices services,
      Consumer<String> notes,
      ValueOrder order)
      implements SampleInputs {

    @Override
    public Map<String, NDArray> values(ModelUse made, int first, int size, NDManager manager) {
      Map<String, NDArray> values = new LinkedHashMap<>();
      texts.forEach(
          (name, all) -> {
            ModelInput input = input(made, name);
            GivenText reader = new GivenText(input.field(), services, notes);
            List<float[]> choices =
                all.stream().flatMap(text -> reader.read(name, text).stream()).toList();
            Shape shape = new Shape(size).addAll(input.field().shape());
            values.put(
                input.name(),
                FloatArrays.fill(
                    manager,
                    shape,
                    buffer -> {
                      for (int i = first; i < first + size; i++) {
                        buffer.put(choices.get(order.index(i, choices.size())));
                      }
                    }));
          });
      return values;
    }

    private static ModelInput input(ModelUse made, String name) {
      List<ModelInput> possible = made.inputs().stream().filter(ModelInput::fromData).toList();
      List<ModelInput> named =
          possible.stream()
              .filter(
                  i ->
                      i.name().equals(name)
                          || i.name().endsWith("." + name)
                          || isOnlyOfType(i, name, possible))
              .toList();
      if (named.size() == 1) {
        return named.get(0);
      }
      if (made.codes().stream().anyMatch(code -> code.name().equals(name))) {
        throw new InvalidInputException(
            "--given %s: the %s is random, and follows the seed".formatted(name, name),
            "--seed N draws other codes.");
      }
      List<String> names = possible.stream().map(ModelInput::name).toList();
      throw new InvalidInputException(
          "--given %s: the %s is not made of it".formatted(name, made.name()),
          names.isEmpty()
              ? "It is made of random codes alone."
              : NearestName.find(name, names)
                  .map(near -> "Did you mean '" + near + "'?")
                  .orElse("It is made of " + String.join(", ", names) + "."));
    }

    /** Whether the name is the type of just this input, as in {@code image=FILE}. */
    private static boolean isOnlyOfType(ModelInput input, String name, List<ModelInput> possible) {
      String type = input.field().type().name().toLowerCase(Locale.ROOT);
      return type.equals(name)
          && possible.stream().noneMatch(other -> other.name().equals(name))
          && possible.stream().filter(o -> o.field().type() == input.field().type()).count() == 1;
    }
  }
}
