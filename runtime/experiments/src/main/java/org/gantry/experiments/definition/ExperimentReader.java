package org.gantry.experiments.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.gantry.experiments.definition.Experiment.PublishedResult;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** Reads experiments and reports every problem with its position. */
public final class ExperimentReader {

  private static final List<String> KEYS =
      List.of(
          "summary",
          "paper",
          "recipe",
          "set",
          "grid",
          "points",
          "seeds",
          "variants",
          "metrics",
          "curves",
          "distributions",
          "published",
          "claims",
          "notes");

  private static final String SEEDS = "Write 'seeds: 10' for the seeds from 1 to 10.";

  /** The limit on the number of seeds; a larger number is probably a seed by mistake. */
  static final int MAX_SEEDS = 1000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*");
  private static final Pattern PUBLISHED =
      Pattern.compile("[-+]?[0-9][0-9_,.eE+-]*( (±|\\+-) [0-9][0-9.eE+-]*)?");

  private final Mapping text;
  private final ProblemCollector problems;

  private ExperimentReader(Mapping text, ProblemCollector problems) {
    this.text = text;
    this.problems = problems;
  }

  /** Reads an experiment; see {@link Experiment#read}. */
  public static Experiment read(String name, String text, SourcePosition start) {
    ProblemCollector problems = new ProblemCollector();
    Optional<YamlValue> read = YamlReader.read(text, start, problems);
    problems.throwIfAny();
    if (!(read.orElseThrow() instanceof Mapping mapping)) {
      problems.add(
          start,
          "An experiment consists of 'key: value' lines, not of " + read.get().description() + ".",
          "Begin with 'summary: ...'; 'variants:' and 'metrics:' follow.");
      problems.throwIfAny();
      throw new IllegalStateException("a problem was found");
    }
    Experiment experiment = new ExperimentReader(mapping, problems).experiment(name);
    problems.throwIfAny();
    return experiment;
  }

  private Experiment experiment(String name) {
    MappingFields.refuseUnknown("An experiment", text, KEYS, problems);
    for (String needed : List.of("summary", "seeds", "variants", "metrics")) {
      if (text.get(needed).isEmpty()) {
        problems.add(
            text.position(), "An experiment needs " + MessageText.quoted(needed) + ".", "Add it.");
      }
    }
    requireSome("variants", "Write 'variants: {plain: {}}' for the recipe as it is.");
    requireSome("metrics", "Write 'metrics: {NAME: ...}'.");
    List<Variant> variants = new VariantReader(text, problems).variants();
    Map<String, MetricDefinition> metrics = metrics();
    List<String> labels = variants.stream().map(Variant::label).toList();
    return new Experiment(
        name,
        MappingFields.text(text, "summary", problems),
        MappingFields.text(text, "paper", problems),
        seeds(),
        variants,
        metrics,
        new ChartSpecReader(text, problems).charts(metrics.keySet()),
        published(labels, metrics),
        claims(labels, metrics),
        notes());
  }

  /** Refuses an empty mapping. */
  private void requireSome(String key, String fix) {
    Optional<YamlValue> value = text.get(key);
    boolean nothing =
        value.isPresent()
            && (value.get() instanceof Mapping inner
                ? inner.entries().isEmpty()
                : value.get().isNull());
    if (nothing) {
      problems.add(value.get().position(), MessageText.quoted(key) + " is empty.", fix);
    }
  }

  private List<Long> seeds() {
    Optional<YamlValue> written = text.get("seeds");
    if (written.isEmpty()) {
      return List.of();
    }
    List<YamlValue> items =
        written.get() instanceof Sequence list ? list.items() : List.of(written.get());
    if (items.isEmpty()) {
      problems.add(written.get().position(), "'seeds' is an empty list.", SEEDS);
    }
    List<Long> numbers = new ArrayList<>();
    for (YamlValue item : items) {
      if (!isSeed(item)) {
        problems.add(
            item.position(),
            "'seeds' expects the number of seeds or a list of seeds, not "
                + item.description()
                + ".",
            SEEDS);
      } else if (numbers.contains(((Scalar) item).number().longValue())) {
        problems.add(
            item.position(), "The seed " + item.description() + " is listed twice.", "Remove it.");
      } else {
        numbers.add(((Scalar) item).number().longValue());
      }
    }
    if (!(written.get() instanceof Scalar) || numbers.isEmpty()) {
      return numbers;
    } else if (numbers.get(0) > MAX_SEEDS) {
      problems.add(
          written.get().position(),
          "'seeds' is the number of seeds, and " + numbers.get(0) + " is too large.",
          "Write at most " + MAX_SEEDS + ", or '[" + numbers.get(0) + "]' for that seed alone.");
      return List.of();
    }
    return LongStream.rangeClosed(1, numbers.get(0)).boxed().toList();
  }

  private static boolean isSeed(YamlValue item) {
    return item instanceof Scalar scalar
        && scalar.isNumber()
        && scalar.number().signum() > 0
        && scalar.number().stripTrailingZeros().scale() <= 0
        && scalar.number().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  private Map<String, MetricDefinition> metrics() {
    Map<String, MetricDefinition> metrics = new LinkedHashMap<>();
    for (MappingEntry entry : MappingFields.entries(text, "metrics", problems)) {
      named("metric", entry);
      if (!(entry.value() instanceof Scalar scalar) || scalar.isNull()) {
        problems.add(
            entry.value().position(),
            "A metric is a figure such as 'mode-coverage/modes', or 'last(NAME)' of a watched"
                + " value, not "
                + entry.value().description()
                + ".",
            "");
        continue;
      }
      MetricDefinition.read(scalar.text(), scalar.position(), problems)
          .ifPresent(metric -> metrics.put(entry.key(), metric));
    }
    return metrics;
  }

  private void named(String what, MappingEntry entry) {
    if (!NAME.matcher(entry.key()).matches()) {
      problems.add(
          entry.position(),
          MessageText.quoted(entry.key())
              + " cannot name a "
              + what
              + ", because a claim could not refer to it.",
          "Use letters, digits and single hyphens, and begin with a letter.");
    }
  }

  private List<PublishedResult> published(
      List<String> labels, Map<String, MetricDefinition> metrics) {
    List<PublishedResult> published = new ArrayList<>();
    for (YamlValue item : MappingFields.items(text, "published", problems)) {
      if (!(item instanceof Mapping row)) {
        problems.add(
            item.position(),
            "A published row is a mapping, not " + item.description() + ".",
            "Write '{label: GAN, source: ..., values: {modes: 6.3 ± 0.5}}'.");
        continue;
      }
      MappingFields.refuseUnknown(
          "A published row", row, List.of("label", "source", "variant", "values"), problems);
      Map<String, String> values = new LinkedHashMap<>();
      for (MappingEntry value : MappingFields.entries(row, "values", problems)) {
        if (!metrics.containsKey(value.key())) {
          problems.add(
              value.position(),
              "The experiment has no metric " + MessageText.quoted(value.key()) + ".",
              NearestName.suggestion(value.key(), metrics.keySet()));
        } else if (value.value() instanceof Scalar scalar
            && PUBLISHED.matcher(scalar.text()).matches()) {
          values.put(value.key(), scalar.text());
        } else {
          problems.addUnexpected(
              value.position(),
              "The published " + MessageText.quoted(value.key()) + " must be",
              "a number with an optional error",
              value.value().description(),
              "Write, for example, '6.3' or '6.3 ± 0.5'.");
        }
      }
      Optional<String> variant =
          Optional.of(MappingFields.text(row, "variant", problems)).filter(v -> !v.isEmpty());
      if (variant.isPresent() && !labels.contains(variant.get())) {
        problems.add(
            row.get("variant").orElseThrow().position(),
            "The experiment has no variant " + MessageText.quoted(variant.get()) + ".",
            NearestName.suggestion(variant.get(), labels));
      }
      if (MappingFields.text(row, "label", problems).isEmpty()) {
        problems.add(row.position(), "A published row needs a 'label'.", "Write 'label: METHOD'.");
      }
      published.add(
          new PublishedResult(
              MappingFields.text(row, "label", problems),
              values,
              MappingFields.text(row, "source", problems),
              variant));
    }
    return published;
  }

  private List<Claim> claims(List<String> labels, Map<String, MetricDefinition> metrics) {
    List<Claim> claims = new ArrayList<>();
    for (YamlValue item : MappingFields.items(text, "claims", problems)) {
      Optional<YamlValue> claim = Optional.of(item);
      String source = "";
      if (item instanceof Mapping mapping) {
        MappingFields.refuseUnknown("A claim", mapping, List.of("claim", "source"), problems);
        claim = mapping.get("claim");
        source = MappingFields.text(mapping, "source", problems);
      }
      if (claim.isPresent() && claim.get() instanceof Scalar scalar) {
        SourcePosition start = scalar.position();
        SourcePosition first =
            scalar.plain() ? start : start.atMark(start.line() - 1, start.column());
        ClaimParser.read(scalar.text(), source, first, labels, metrics.keySet(), problems)
            .ifPresent(claims::add);
      } else {
        problems.add(
            item.position(),
            "A claim is a text, not " + item.description() + ".",
            "Write a line such as '- mean(a.modes) >= 7'.");
      }
    }
    return claims;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (YamlValue item : MappingFields.items(text, "notes", problems)) {
      if (item instanceof Scalar scalar) {
        notes.add(scalar.text());
      } else {
        problems.add(item.position(), "A note is a text, not " + item.description() + ".", "");
      }
    }
    return notes;
  }
}
