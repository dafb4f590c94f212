package org.gantry.recipes.internal.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;

/**
 * Reads the stages of a recipe. The keys of the recipe itself belong to every stage. A stage that
 * has the same key overrides it; of {@code networks}, {@code players} and {@code train}, a stage
 * overrides single entries.
 *
 * @param problems receives a problem for each stage that cannot be read
 */
public record StageReader(ProblemCollector problems) {

  /** A stage is a folder of the run and a step of paths in the recipe, so it has no dots. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private static final Set<String> MERGED =
      Set.of(RecipeFormat.NETWORKS, RecipeFormat.PLAYERS, RecipeFormat.TRAIN);

  private static final String FIX =
      "Write 'NAME:' for each stage, and its keys below it, indented.";

  /** Whether a recipe has stages. */
  public static boolean hasStages(Mapping recipe) {
    return recipe.entry(RecipeFormat.STAGES).isPresent();
  }

  /** Reads the stages in the order of the text, which is the order of training. */
  public List<StageText> read(Mapping recipe) {
    YamlValue written = recipe.get(RecipeFormat.STAGES).orElseThrow();
    if (!(written instanceof Mapping stages) || stages.entries().isEmpty()) {
      problems.addUnexpected(
          written.position(), "'stages' expects", "stages by name", written.description(), FIX);
      return List.of();
    }
    Mapping common = without(recipe, Set.of(RecipeFormat.STAGES, RecipeFormat.NAME));
    List<StageText> read = new ArrayList<>();
    for (MappingEntry entry : stages.entries()) {
      own(entry)
          .ifPresent(
              own ->
                  read.add(new StageText(entry.key(), entry.position(), overridden(common, own))));
    }
    return read;
  }

  /** Returns the keys of a stage itself; empty if there was a problem. */
  private Optional<Mapping> own(MappingEntry entry) {
    String path = RecipeFormat.STAGES + "." + entry.key();
    if (!NAME.matcher(entry.key()).matches()) {
      problems.addUnexpected(
          entry.position(),
          "The name of a stage expects",
          "letters, digits, '_' and '-'",
          MessageText.quoted(entry.key()),
          "The folder of its run is named after it.");
      return Optional.empty();
    }
    if (entry.value().isNull()) {
      return Optional.of(Mapping.empty(entry.value().position()));
    }
    if (!(entry.value() instanceof Mapping own)) {
      problems.addUnexpected(
          entry.value().position(),
          MessageText.quoted(path) + " expects",
          "'key: value' lines",
          entry.value().description(),
          FIX);
      return Optional.empty();
    }
    for (String key : List.of(RecipeFormat.STAGES, RecipeFormat.NAME)) {
      if (own.entry(key).isPresent()) {
        problems.add(
            own.entry(key).get().position(),
            "A stage has no key " + MessageText.quoted(key) + ".",
            key.equals(RecipeFormat.NAME)
                ? "Its name is " + MessageText.quoted(entry.key()) + "; remove the line."
                : "Write all stages below the first 'stages'.");
        return Optional.empty();
      }
    }
    return Optional.of(own);
  }

  private static Mapping without(Mapping mapping, Set<String> keys) {
    return new Mapping(
        mapping.entries().stream().filter(entry -> !keys.contains(entry.key())).toList(),
        mapping.position());
  }

  /** Returns the common keys with those of a stage in their place, or after them. */
  private static Mapping overridden(Mapping common, Mapping own) {
    List<MappingEntry> entries = new ArrayList<>();
    for (MappingEntry shared : common.entries()) {
      entries.add(own.entry(shared.key()).map(e -> overridden(shared, e)).orElse(shared));
    }
    own.entries().stream()
        .filter(entry -> common.entry(entry.key()).isEmpty())
        .forEach(entries::add);
    return new Mapping(entries, common.position());
  }

  private static MappingEntry overridden(MappingEntry shared, MappingEntry own) {
    return MERGED.contains(own.key())
            && shared.value() instanceof Mapping common
            && own.value() instanceof Mapping mapping
        ? new MappingEntry(own.key(), own.position(), merged(common, mapping))
        : own;
  }

  private static Mapping merged(Mapping common, Mapping own) {
    List<MappingEntry> entries = new ArrayList<>();
    common.entries().forEach(shared -> entries.add(own.entry(shared.key()).orElse(shared)));
    own.entries().stream()
        .filter(entry -> common.entry(entry.key()).isEmpty())
        .forEach(entries::add);
    return new Mapping(entries, own.position());
  }
}
