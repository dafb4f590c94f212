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
 * Reads YAML into values with positions. Refuses anchors, aliases, tags and further documents,
 * because a reader of a recipe would have to look for their meaning elsewhere.
 */
public final class YamlReader {

  /** The deepest nesting; no recipe needs more, and the stack is large enough for it. */
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
   * @param start the position of the text's first character
   * @param problems receives what is wrong with the text
   * @return empty if the text is not YAML; a null scalar if the text is empty
   */
  public static Optional<YamlValue> read(
      String text, SourcePosition start, ProblemCollector problems) {
    // Some editors write a byte order mark, which is not part of the text.
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
              position(node),
              "A second YAML document begins here, but only one is allowed.",
              "Remove the line '---' and everything after it.");
          return value;
        }
        first = false;
      }
    }
    return value;
  }

  private YamlValue value(Event event, int depth) {
    SourcePosition position = position(event);
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      boolean alias = event instanceof AliasEvent;
      problems.add(
          position,
          (alias ? "The alias '*" : "The anchor '&")
              + node.getAnchor().get().getValue()
              + "' is not allowed in a recipe.",
          alias ? "Write the value out." : "Remove it.");
    }
    if (event instanceof CollectionStartEvent collection) {
      refuseTag(collection.getTag(), position);
      if (depth >= MAX_DEPTH) {
        throw new YamlEngineException("nested more than " + MAX_DEPTH + " deep");
      }
      return event.getEventId() == Event.ID.MappingStart
          ? mapping(position, depth)
          : sequence(position, depth);
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), position);
      return new Scalar(scalar.getValue(), scalar.isPlain(), position);
    }
    return new Scalar("", true, position);
  }

  private Sequence sequence(SourcePosition position, int depth) {
    List<YamlValue> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(value(e, depth + 1));
    }
    return new Sequence(items, position);
  }

  private Mapping mapping(SourcePosition position, int depth) {
    Map<String, MappingEntry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      YamlValue key = value(e, depth + 1);
      YamlValue value = value(events.next(), depth + 1);
      if (!(key instanceof Scalar name)) {
        problems.add(key.position(), "A key must be a name, not " + key.description() + ".", "");
        continue;
      }
      MappingEntry earlier =
          entries.putIfAbsent(name.text(), new MappingEntry(name.text(), key.position(), value));
      if (earlier != null) {
        problems.add(
            key.position(),
            "The key "
                + MessageText.quoted(name.text())
                + " is written twice; the first is at "
                + earlier.position().location()
                + ".",
            "Remove one of the two.");
      }
    }
    return new Mapping(List.copyOf(entries.values()), position);
  }

  private void refuseTag(Optional<String> tag, SourcePosition position) {
    tag.ifPresent(
        name ->
            problems.add(
                position, "The tag '" + name + "' is not allowed in a recipe.", "Remove the tag."));
  }

  private SourcePosition position(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return mark.map(m -> start.atMark(m.getLine(), m.getColumn())).orElse(start);
  }
}
