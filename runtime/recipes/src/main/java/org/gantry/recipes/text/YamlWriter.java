package org.gantry.recipes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Writes values as YAML that reads back as the same values, one line for each component. */
public final class YamlWriter {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(10_000)
          .setMaxSimpleKeyLength(1000)
          .setSplitLines(false)
          .build();

  /** The nesting depth from which everything is written on one line. */
  private static final int FLOW_DEPTH = 100;

  private YamlWriter() {}

  /** Returns the text of a value, with a newline at the end of every line. */
  public static String write(YamlValue value) {
    return write(value, 0);
  }

  private static String write(YamlValue value, int depth) {
    List<Event> events = new ArrayList<>();
    events.add(new StreamStartEvent());
    events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    append(events, value, depth);
    events.add(new DocumentEndEvent(false));
    events.add(new StreamEndEvent());
    return new Present(SETTINGS).emitToString(events.iterator());
  }

  /** Returns the text of a value on one line, as a user can type it. */
  public static String writeLine(YamlValue value) {
    return write(value, FLOW_DEPTH).strip();
  }

  private static void append(List<Event> events, YamlValue value, int depth) {
    if (value instanceof Mapping mapping) {
      FlowStyle style = style(depth, mapping.entries().stream().map(MappingEntry::value).toList());
      events.add(
          new MappingStartEvent(Optional.empty(), Optional.empty(), true, style, none(), none()));
      for (MappingEntry entry : mapping.entries()) {
        events.add(scalar(entry.key(), ScalarStyle.PLAIN));
        append(events, entry.value(), depth + 1);
      }
      events.add(new MappingEndEvent());
    } else if (value instanceof Sequence sequence) {
      FlowStyle style = style(depth, sequence.items());
      events.add(
          new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style, none(), none()));
      sequence.items().forEach(item -> append(events, item, depth + 1));
      events.add(new SequenceEndEvent());
    } else if (value instanceof Scalar scalar) {
      events.add(
          scalar(scalar.text(), scalar.plain() ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED));
    }
  }

  /** Puts the options of a component on its line, and values nested less deeply on their own. */
  private static FlowStyle style(int depth, List<YamlValue> parts) {
    boolean flat = depth >= FLOW_DEPTH || parts.stream().noneMatch(Mapping.class::isInstance);
    return parts.isEmpty() || (depth > 1 && flat) ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  private static Optional<Mark> none() {
    return Optional.empty();
  }

  private static ScalarEvent scalar(String text, ScalarStyle style) {
    return new ScalarEvent(
        Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), text, style);
  }
}
