package org.gantry.runs.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelUse;

/**
 * The metadata in an exported module, from which {@code gantry sample} draws samples without the
 * run. Each value is a separate note in the file.
 *
 * @param role the network's role in the game
 * @param step the number of training steps; 0 if unknown
 * @param seed the seed of the run
 * @param low the lower end of the data's range; NaN if unknown
 * @param high the upper end of the data's range; NaN if unknown
 * @param mixture the modes of the data, if they are a mixture
 * @param inputs the inputs of the module, if it is that of a whole use
 * @param recipe the resolved recipe of the run, which records the prior and the sampler
 */
public record ExportMetadata(
    String role,
    long step,
    long seed,
    double low,
    double high,
    Optional<RecordedMixture> mixture,
    Optional<RecordedInputs> inputs,
    String recipe) {

  private static final String ROLE = "role";
  private static final String STEP = "step";
  private static final String SEED = "seed";
  private static final String RANGE = "range";
  private static final String MIXTURE = "mixture";
  private static final String INPUTS = "inputs";
  private static final String RECIPE = "recipe.yaml";

  /** Returns the notes to write with all networks of a use. */
  public static Map<String, String> notes(TrainedRun run, ModelUse use) {
    Map<String, String> notes = notes(run, use.name());
    notes.put(INPUTS, RecordedInputs.of(use).format());
    notes.put(RANGE, use.output().low() + " " + use.output().high());
    return notes;
  }

  /** Returns the notes to write with a network of a run. */
  public static Map<String, String> notes(TrainedRun run, String role) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(RECIPE, run.composed().yaml());
    notes.put(STEP, Long.toString(run.step()));
    notes.put(ROLE, role);
    notes.put(SEED, Long.toString(run.composed().settings().seed()));
    Dataset dataset = run.composed().graph().composition().dataset().component();
    dataset.field(DatasetField.IMAGE).ifPresent(f -> notes.put(RANGE, f.low() + " " + f.high()));
    if (dataset instanceof MixtureDataset mixture) {
      notes.put(MIXTURE, RecordedMixture.format(mixture));
    }
    return notes;
  }

  /**
   * Reads the notes of a module.
   *
   * @param file the module's file, for messages
   * @throws UnusableInputException if a required note is missing or damaged
   */
  static ExportMetadata read(Object file, Map<String, String> notes) {
    for (String required : List.of(ROLE, SEED, RECIPE)) {
      if (!notes.containsKey(required)) {
        throw new UnusableInputException(
            "%s cannot be sampled: it has no note '%s'".formatted(file, required),
            "Only modules that 'gantry export' wrote can be sampled.");
      }
    }
    try {
      String[] range = notes.getOrDefault(RANGE, "NaN NaN").strip().split(" ", 2);
      return new ExportMetadata(
          notes.get(ROLE),
          Long.parseLong(notes.getOrDefault(STEP, "0").strip()),
          Long.parseLong(notes.get(SEED).strip()),
          Double.parseDouble(range[0]),
          Double.parseDouble(range[range.length - 1]),
          Optional.ofNullable(notes.get(MIXTURE)).map(RecordedMixture::parse),
          Optional.ofNullable(notes.get(INPUTS)).map(RecordedInputs::parse),
          notes.get(RECIPE));
    } catch (NumberFormatException e) {
      throw new UnusableInputException(
          "the notes of %s are damaged: %s".formatted(file, e.getMessage()), "", e);
    }
  }
}
