package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;

/**
 * What stands beside a watchdog under {@code on-trouble}.
 *
 * @param yaml as the recipe has it, with all that could be left out
 * @param remedies what it means
 * @param addedRegularizers the regularizers that remedies add
 */
record WatchdogRemedies(
    Sequence yaml, List<Remedy> remedies, List<ComponentChoice> addedRegularizers) {

  static final String KEY = "on-trouble";
  static final List<String> REMEDY_NAMES =
      List.of("warn", "stop", "roll-back", "lower-rate", "add");
  static final double DEFAULT_FACTOR = 0.5;

  /** The watchdog without what stands beside it. */
  static YamlValue withoutRemedies(YamlValue item) {
    if (!(item instanceof Mapping mapping) || mapping.entry(KEY).isEmpty()) {
      return item;
    }
    List<MappingEntry> others =
        mapping.entries().stream().filter(e -> !e.key().equals(KEY)).toList();
    return new Mapping(others, mapping.position());
  }

  /** What stands beside the watchdog. */
  static Optional<YamlValue> remediesOf(YamlValue item) {
    return item instanceof Mapping mapping ? mapping.get(KEY) : Optional.empty();
  }

  /** Reads what stands beside a watchdog; what cannot be read is among the problems. */
  static WatchdogRemedies read(
      YamlValue item, String path, ComponentResolver chooser, ProblemCollector problems) {
    Optional<YamlValue> beside = remediesOf(item);
    List<YamlValue> words =
        beside
            .filter(v -> !v.isNull())
            .map(v -> v instanceof Sequence list ? list.items() : List.of(v))
            .orElse(List.of(new Scalar("warn", true, item.position())));
    RemedyReader reading = new RemedyReader(path + "." + KEY, chooser, problems);
    words.forEach(reading::word);
    return new WatchdogRemedies(
        new Sequence(reading.written, item.position()), reading.remedies, reading.added);
  }

  /** The watchdog with what stands beside it, as a recipe would write it. */
  YamlValue toYaml(ComponentChoice watchdog, OptionWriter spelling) {
    YamlValue alone = watchdog.toYaml(spelling);
    Mapping named =
        alone instanceof Mapping mapping
            ? mapping
            : new Mapping(
                List.of(
                    new MappingEntry(
                        ((Scalar) alone).text(),
                        alone.position(),
                        Mapping.empty(alone.position()))),
                alone.position());
    return named.with(KEY, yaml);
  }

  /** One word after the other. */
  private static final class RemedyReader {

    private final String path;
    private final ComponentResolver chooser;
    private final ProblemCollector problems;
    private final List<YamlValue> written = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private final List<ComponentChoice> added = new ArrayList<>();

    RemedyReader(String path, ComponentResolver chooser, ProblemCollector problems) {
      this.path = path;
      this.chooser = chooser;
      this.problems = problems;
    }

    void word(YamlValue value) {
      if (value instanceof Scalar scalar) {
        switch (scalar.text()) {
          case "warn" -> written.add(scalar);
          case "stop" -> note(new Remedy.StopTraining(), scalar);
          case "roll-back" -> note(new Remedy.RollBack(), scalar);
          case "lower-rate" -> lowerRate(new Scalar("" + DEFAULT_FACTOR, true, scalar.position()));
          default -> refuse(value);
        }
      } else if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
        MappingEntry entry = mapping.entries().get(0);
        switch (entry.key()) {
          case "lower-rate" -> lowerRate(entry.value());
          case "add" -> add(entry.value());
          default -> refuse(value);
        }
      } else {
        refuse(value);
      }
    }

    private void note(Remedy remedy, YamlValue as) {
      remedies.add(remedy);
      written.add(as);
    }

    private void lowerRate(YamlValue value) {
      double factor =
          value instanceof Scalar scalar && scalar.plain() && scalar.isNumber()
              ? Double.parseDouble(scalar.text().replace("_", ""))
              : Double.NaN;
      if (factor > 0 && factor < 1) {
        note(
            new Remedy.LowerRate(factor),
            new Mapping(
                List.of(new MappingEntry("lower-rate", value.position(), value)),
                value.position()));
      } else {
        problems.addUnexpected(
            value.position(),
            MessageWording.quoted(path + ".lower-rate") + " must be",
            "greater than 0 and less than 1",
            value.description(),
            "It is what the learning rate is multiplied by, such as 0.5.");
      }
    }

    private void add(YamlValue value) {
      chooser
          .resolve(ComponentKind.REGULARIZER, value, path + ".add")
          .ifPresent(
              choice -> {
                YamlValue spelled = choice.toYaml(new OptionWriter(value.position()));
                added.add(choice);
                note(
                    new Remedy.AddRegularizer(choice.component().name(), YamlWriter.write(spelled)),
                    new Mapping(
                        List.of(new MappingEntry("add", value.position(), spelled)),
                        value.position()));
              });
    }

    private void refuse(YamlValue value) {
      problems.addUnexpected(
          value.position(),
          MessageWording.quoted(path) + " expects",
          MessageWording.quoted(REMEDY_NAMES, "or"),
          value.description(),
          "Write 'on-trouble: stop', or several in order: '[roll-back, {lower-rate: 0.5}, {add:"
              + " REGULARIZER}]'.");
    }
  }
}
