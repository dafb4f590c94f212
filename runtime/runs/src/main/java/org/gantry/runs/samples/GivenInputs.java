package org.gantry.runs.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gantry.recipes.text.NearestName;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.FloatArrays;

/**
 * Inputs whose values a user states as texts.
 *
 * @param use the name of the use; empty for the usual one
 * @param texts one or more values of each input, by its name
 * @param prefix what precedes the name of an input in messages, such as {@code --given } with its
 *     blank
 * @param pictures reads the values that are pictures
 * @param order which of its values an input has in each sample
 */
public record GivenInputs(
    String use,
    Map<String, List<String>> texts,
    String prefix,
    GivenPicture pictures,
    ValueOrder order)
    implements SampleInputs {

  /** Which of its values an input has in a sample. */
  @FunctionalInterface
  public interface ValueOrder {

    /**
     * Returns the index of the value.
     *
     * @param sample the index of the sample
     * @param values the number of values
     */
    int index(int sample, int values);
  }

  /**
   * Returns an order in which the values share the samples equally.
   *
   * @param count the number of samples in all
   */
  public static ValueOrder shared(int count) {
    return (sample, values) -> (int) ((long) sample * values / count);
  }

  @Override
  public Map<String, NDArray> values(ModelUse made, int first, int size, NDManager manager) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    texts.forEach(
        (name, all) -> {
          ModelInput input = input(made, name);
          GivenText reader = new GivenText(input.field(), prefix, pictures);
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

  private ModelInput input(ModelUse made, String name) {
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
      throw new UnusableInputException(
          "%s%s: the %s is random, and follows the seed".formatted(prefix, name, name),
          "Another seed draws other codes.");
    }
    List<String> names = possible.stream().map(ModelInput::name).toList();
    throw new UnusableInputException(
        "%s%s: the %s is not made of it".formatted(prefix, name, made.name()),
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
