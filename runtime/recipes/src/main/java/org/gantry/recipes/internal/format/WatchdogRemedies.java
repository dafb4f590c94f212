package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;

/**
 * The remedies of one watchdog, which a recipe lists under {@code on-trouble} next to the watchdog.
 *
 * @param yaml the list with every default written out
 * @param remedies the remedies, in order; {@code warn} is not one of them
 * @param addedRegularizers the regularizers that remedies add
 */
public record WatchdogRemedies(
    Sequence yaml, List<Remedy> remedies, List<ComponentChoice> addedRegularizers) {

  public static final String KEY = "on-trouble";
  public static final List<String> REMEDY_NAMES =
      List.of("warn", "stop", "roll-back", "lower-rate", "add");
  public static final double DEFAULT_FACTOR = 0.5;

  /** Returns an item of the list of watchdogs without its remedies. */
  public static YamlValue withoutRemedies(YamlValue item) {
    if (!(item instanceof Mapping mapping) || mapping.entry(KEY).isEmpty()) {
      return item;
    }
    List<MappingEntry> others =
        mapping.entries().stream().filter(e -> !e.key().equals(KEY)).toList();
    return new Mapping(others, mapping.position());
  }

  /** Returns the remedies of an item of the list of watchdogs, as written. */
  public static Optional<YamlValue> remediesOf(YamlValue item) {
    return item instanceof Mapping mapping ? mapping.get(KEY) : Optional.empty();
  }

  /**
   * Reads the remedies of an item of the list of watchdogs; {@code warn} if it has none.
   *
   * @param path the path of the item
   * @param problems receives a problem for each remedy that cannot be read
   */
  public static WatchdogRemedies read(
      YamlValue item, String path, ComponentResolver resolver, ProblemCollector problems) {
    List<YamlValue> written =
        remediesOf(item)
            .filter(value -> !value.isNull())
            .map(value -> value instanceof Sequence list ? list.items() : List.of(value))
            .orElse(List.of(new Scalar("warn", true, item.position())));
    RemedyReader reader = new RemedyReader(path + "." + KEY, resolver, problems);
    written.forEach(reader::read);
    return new WatchdogRemedies(
        new Sequence(reader.yaml, item.position()), reader.remedies, reader.added);
  }

  /** Returns the watchdog with its remedies, as an item of a resolved recipe. */
  public YamlValue toYaml(ComponentChoice watchdog, OptionWriter writer) {
    YamlValue alone = watchdog.toYaml(writer);
    Mapping mapping =
        alone instanceof Mapping withOptions
            ? withOptions
            : Mapping.empty(alone.position())
                .with(((Scalar) alone).text(), Mapping.empty(alone.position()));
    return mapping.with(KEY, yaml);
  }

  /** Reads one remedy after the other. */
  private static final class RemedyReader {

    private final String path;
    private final ComponentResolver resolver;
    private final ProblemCollector problems;
    private final List<YamlValue> yaml = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private final List<ComponentChoice> added = new ArrayList<>();

    RemedyReader(String path, ComponentResolver resolver, ProblemCollector problems) {
      this.path = path;
      this.resolver = resolver;
      this.problems = problems;
    }

    void read(YamlValue value) {
      if (value instanceof Scalar scalar) {
        switch (scalar.text()) {
          case "warn" -> yaml.add(scalar);
          case "stop" -> addRemedy(new Remedy.StopTraining(), scalar);
          case "roll-back" -> addRemedy(new Remedy.RollBack(), scalar);
          case "lower-rate" -> readFactor(new Scalar("" + DEFAULT_FACTOR, true, scalar.position()));
          default -> refuse(value);
        }
      } else if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
        MappingEntry entry = mapping.entries().get(0);
        switch (entry.key()) {
          case "lower-rate" -> readFactor(entry.value());
          case "add" -> readRegularizer(entry.value());
          default -> refuse(value);
        }
      } else {
        refuse(value);
      }
    }

    private void addRemedy(Remedy remedy, YamlValue resolved) {
      remedies.add(remedy);
      yaml.add(resolved);
    }

    private void readFactor(YamlValue value) {
      double factor =
          value instanceof Scalar scalar && scalar.plain() && scalar.isNumber()
              ? scalar.number().doubleValue()
              : Double.NaN;
      if (factor > 0 && factor < 1) {
        addRemedy(
            new Remedy.LowerRate(factor),
            Mapping.empty(value.position()).with("lower-rate", value));
      } else {
        problems.addUnexpected(
            value.position(),
            MessageText.quoted(path + ".lower-rate") + " must be",
            "greater than 0 and less than 1",
            value.description(),
            "The learning rate is multiplied by this factor, such as 0.5.");
      }
    }

    private void readRegularizer(YamlValue value) {
      resolver
          .resolve(ComponentKind.REGULARIZER, value, path + ".add")
          .ifPresent(
              choice -> {
                YamlValue resolved = choice.toYaml(new OptionWriter(value.position()));
                added.add(choice);
                addRemedy(
                    new Remedy.AddRegularizer(
                        choice.component().name(), YamlWriter.write(resolved)),
                    Mapping.empty(value.position()).with("add", resolved));
              });
    }

    private void refuse(YamlValue value) {
      problems.addUnexpected(
          value.position(),
          MessageText.quoted(path) + " expects",
          MessageText.quoted(REMEDY_NAMES, "or"),
          value.description(),
          "Write 'on-trouble: stop', or several in order: '[roll-back, {lower-rate: 0.5}, {add:"
              + " REGULARIZER}]'.");
    }
  }
}
