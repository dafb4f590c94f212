package org.gantry.recipes.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into values that know their places. Of YAML's features, those that make one text mean
 * something elsewhere (anchors, tags, several documents) are refused: a recipe says what it says.
 */
public final class YamlReader {

  /** Deeper nesting than any recipe has, and shallow enough for the stack. */
  private static final int MAX_DEPTH = 50;

  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final SourcePosition start;
  private final ProblemCollector problems;
  private final Iterator<Event> events;

  private YamlReader(SourcePosition start, ProblemCollector problems, String text) {
    this.start = start;
    this.problems = problems;
    this.events = new Parse(SETTINGS).parseString(text).iterator();
  }

  /**
   * Reads one document.
   *
   * @param start the place of the text's first character
   * @return empty if the text is no YAML, which is then among the problems; the value with an empty
   *     scalar if the text holds nothing
   */
  public static Optional<YamlValue> read(
      String text, SourcePosition start, ProblemCollector problems) {
    // A byte order mark is no part of the text; some editors still write one.
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      return Optional.of(new YamlReader(start, problems, content).document());
    } catch (MarkedYamlEngineException e) {
      YamlSyntaxError.of(e, start).addTo(problems);
    } catch (ReaderException e) {
      String before = content.substring(0, Math.min(e.getPosition(), content.length()));
      int line = (int) before.chars().filter(c -> c == '\n').count();
      problems.add(
          start.atMark(line, before.length() - 1 - before.lastIndexOf('\n')),
          String.format("The character U+%04X is not allowed in YAML.", e.getCodePoint()),
          "Delete it; it may be invisible.");
    } catch (YamlEngineException e) {
      problems.add(start, "This is not valid YAML: " + e.getMessage() + ".", "");
    }
    return Optional.empty();
  }

  private YamlValue document() {
    YamlValue value = new Scalar("", true, start);
    boolean first = true;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        if (first) {
          value = value(node, 0);
        } else {
          problems.add(
              place(node),
              "A second document begins here; a recipe is a single one.",
              "Remove the line '---' and what follows it.");
          return value;
        }
        first = false;
      }
    }
    return value;
  }

  private YamlValue value(Event event, int depth) {
    SourcePosition place = place(event);
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      boolean alias = event instanceof AliasEvent;
      problems.add(
          place,
          "Recipes have no "
              + (alias ? "aliases, but '*" : "anchors, but '&")
              + node.getAnchor().get().getValue()
              + "' is one.",
          alias ? "Write the value out." : "Remove it.");
    }
    if (event instanceof CollectionStartEvent collection) {
      refuseTag(collection.getTag(), place);
      if (depth >= MAX_DEPTH) {
        throw new YamlEngineException("nested more than " + MAX_DEPTH + " deep");
      }
      return event.getEventId() == Event.ID.MappingStart
          ? mapping(place, depth)
          : sequence(place, depth);
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), place);
      return new Scalar(scalar.getValue(), scalar.isPlain(), place);
    }
    return new Scalar("", true, place);
  }

  private Sequence sequence(SourcePosition place, int depth) {
    List<YamlValue> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new Sequence(items, place);
  }

  private Mapping mapping(SourcePosition place, int depth) {
    Map<String, MappingEntry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      YamlValue key = value(e, depth + 1);
      YamlValue value = value(events.next(), depth + 1);
      if (!(key instanceof Scalar name)) {
        problems.add(key.position(), "A key is a name, but this is " + key.description() + ".", "");
        continue;
      }
      MappingEntry earlier =
          entries.putIfAbsent(name.text(), new MappingEntry(name.text(), key.position(), value));
      if (earlier != null) {
        problems.add(
            key.position(),
            "The key "
                + MessageWording.quoted(name.text())
                + " is written twice; the first is at "
                + earlier.position().location()
                + ".",
            "Remove one of the two.");
      }
    }
    return new Mapping(List.copyOf(entries.values()), place);
  }

  private void refuseTag(Optional<String> tag, SourcePosition place) {
    tag.ifPresent(
        name ->
            problems.add(
                place, "Recipes have no tags, but '" + name + "' is one.", "Remove the tag."));
  }

  private SourcePosition place(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.map(m -> start.atMark(m.getLine(), m.getColumn())).orElse(start);
  }
}
