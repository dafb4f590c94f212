package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.Kind;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlWriter;

/**
 * What stands beside a watchdog under {@code on-trouble}.
 *
 * @param written as the recipe has it, with all that could be left out
 * @param remedies what it means
 * @param added the regularizers that remedies add
 */
record Troubles(Sequence written, List<Remedy> remedies, List<Choice> added) {

  static final String KEY = "on-trouble";
  static final List<String> WORDS = List.of("warn", "stop", "roll-back", "lower-rate", "add");
  static final double USUAL_FACTOR = 0.5;

  /** The watchdog without what stands beside it. */
  static Value watchdog(Value item) {
    if (!(item instanceof Mapping mapping) || mapping.entry(KEY).isEmpty()) {
      return item;
    }
    List<Entry> others = mapping.entries().stream().filter(e -> !e.key().equals(KEY)).toList();
    return new Mapping(others, mapping.place());
  }

  /** What stands beside the watchdog. */
  static Optional<Value> beside(Value item) {
    return item instanceof Mapping mapping ? mapping.get(KEY) : Optional.empty();
  }

  /** Reads what stands beside a watchdog; what cannot be read is among the problems. */
  static Troubles read(Value item, String path, Chooser chooser, Problems problems) {
    Optional<Value> beside = beside(item);
    List<Value> words =
        beside
            .filter(v -> !v.isNothing())
            .map(v -> v instanceof Sequence list ? list.items() : List.of(v))
            .orElse(List.of(new Scalar("warn", true, item.place())));
    Reading reading = new Reading(path + "." + KEY, chooser, problems);
    words.forEach(reading::word);
    return new Troubles(
        new Sequence(reading.written, item.place()), reading.remedies, reading.added);
  }

  /** The watchdog with what stands beside it, as a recipe would write it. */
  Value spelled(Choice watchdog, Spelling spelling) {
    Value alone = watchdog.spelled(spelling);
    Mapping named =
        alone instanceof Mapping mapping
            ? mapping
            : new Mapping(
                List.of(
                    new Entry(
                        ((Scalar) alone).text(), alone.place(), Mapping.empty(alone.place()))),
                alone.place());
    return named.with(KEY, written);
  }

  /** One word after the other. */
  private static final class Reading {

    private final String path;
    private final Chooser chooser;
    private final Problems problems;
    private final List<Value> written = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private final List<Choice> added = new ArrayList<>();

    Reading(String path, Chooser chooser, Problems problems) {
      this.path = path;
      this.chooser = chooser;
      this.problems = problems;
    }

    void word(Value value) {
      if (value instanceof Scalar scalar) {
        switch (scalar.text()) {
          case "warn" -> written.add(scalar);
          case "stop" -> note(new Remedy.Stop(), scalar);
          case "roll-back" -> note(new Remedy.RollBack(), scalar);
          case "lower-rate" -> lowerRate(new Scalar("" + USUAL_FACTOR, true, scalar.place()));
          default -> refuse(value);
        }
      } else if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
        Entry entry = mapping.entries().get(0);
        switch (entry.key()) {
          case "lower-rate" -> lowerRate(entry.value());
          case "add" -> add(entry.value());
          default -> refuse(value);
        }
      } else {
        refuse(value);
      }
    }

    private void note(Remedy remedy, Value as) {
      remedies.add(remedy);
      written.add(as);
    }

    private void lowerRate(Value value) {
      double factor =
          value instanceof Scalar scalar && scalar.plain() && scalar.isNumber()
              ? Double.parseDouble(scalar.text().replace("_", ""))
              : Double.NaN;
      if (factor > 0 && factor < 1) {
        note(
            new Remedy.LowerRate(factor),
            new Mapping(List.of(new Entry("lower-rate", value.place(), value)), value.place()));
      } else {
        problems.addUnexpected(
            value.place(),
            Wording.quoted(path + ".lower-rate") + " must be",
            "greater than 0 and less than 1",
            value.found(),
            "It is what the learning rate is multiplied by, such as 0.5.");
      }
    }

    private void add(Value value) {
      chooser
          .choose(Kind.REGULARIZER, value, path + ".add")
          .ifPresent(
              choice -> {
                Value spelled = choice.spelled(new Spelling(value.place()));
                added.add(choice);
                note(
                    new Remedy.Add(choice.component().name(), YamlWriter.write(spelled)),
                    new Mapping(List.of(new Entry("add", value.place(), spelled)), value.place()));
              });
    }

    private void refuse(Value value) {
      problems.addUnexpected(
          value.place(),
          Wording.quoted(path) + " expects",
          Wording.quoted(WORDS, "or"),
          value.found(),
          "Write 'on-trouble: stop', or several in order: '[roll-back, {lower-rate: 0.5}, {add:"
              + " REGULARIZER}]'.");
    }
  }
}
