package org.gantry.cli.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.runs.TrainedRun;

/**
 * What travels with an exported network besides the network, so that a picture of its samples can
 * be drawn where its run is not. Each is a text of its own in the file.
 *
 * @param role what the network is in its game
 * @param seed the seed of the run
 * @param low the least value of the data; NaN where that is not known
 * @param high the greatest value of the data; NaN where that is not known
 * @param mixture the modes of the data, where they are a mixture
 * @param prior where codes come from
 * @param sampler how samples are made of codes
 */
record ExportMetadata(
    String role,
    long seed,
    double low,
    double high,
    Optional<RecordedMixture> mixture,
    RecordedComponent prior,
    RecordedComponent sampler) {

  private static final String ROLE = "role";
  private static final String SEED = "seed";
  private static final String RANGE = "range";
  private static final String MIXTURE = "mixture";
  private static final String PRIOR = "prior";
  private static final String SAMPLER = "sampler";

  /** The notes of a run's network by name, with the recipe for whoever wants to know more. */
  static Map<String, String> of(TrainedRun run, String role) {
    String recipe = run.composed().yaml();
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("recipe.yaml", recipe);
    notes.put("step", Long.toString(run.step()));
    notes.put(ROLE, role);
    notes.put(SEED, Long.toString(run.composed().settings().seed()));
    Dataset dataset = run.composed().graph().composition().dataset().component();
    dataset.field(DatasetField.IMAGE).ifPresent(f -> notes.put(RANGE, f.low() + " " + f.high()));
    if (dataset instanceof MixtureDataset mixture) {
      notes.put(MIXTURE, RecordedMixture.text(mixture));
    }
    for (String kind : new String[] {PRIOR, SAMPLER}) {
      RecordedComponent.in(recipe, kind).ifPresent(c -> notes.put(kind, c.text()));
    }
    return notes;
  }

  /**
   * Reads the notes.
   *
   * @param file the file that they came with, as messages name it
   * @throws InvalidInputException if something needed is missing or damaged
   */
  static ExportMetadata read(Object file, Map<String, String> notes) {
    for (String needed : new String[] {ROLE, SEED, PRIOR, SAMPLER}) {
      if (!notes.containsKey(needed)) {
        throw new InvalidInputException(
            "%s does not say how it is to be sampled: it has no note '%s'".formatted(file, needed),
            "Only modules that 'gantry export' wrote can be sampled.");
      }
    }
    try {
      String[] range = notes.getOrDefault(RANGE, "NaN NaN").strip().split(" ", 2);
      return new ExportMetadata(
          notes.get(ROLE),
          Long.parseLong(notes.get(SEED).strip()),
          Double.parseDouble(range[0]),
          Double.parseDouble(range[range.length - 1]),
          Optional.ofNullable(notes.get(MIXTURE)).map(RecordedMixture::of),
          RecordedComponent.of(PRIOR, notes.get(PRIOR)),
          RecordedComponent.of(SAMPLER, notes.get(SAMPLER)));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "the notes of %s are damaged: %s".formatted(file, e.getMessage()), "", e);
    }
  }
}
