package org.gantry.recipes.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A piece of a recipe, with the place where it was written. Immutable. */
public sealed interface YamlValue {

  /** Where it begins. */
  SourcePosition position();

  /** Whether nothing was written, as after a colon at the end of a line. */
  default boolean isNull() {
    return false;
  }

  /** What a message says was found. */
  String description();

  /**
   * A single value, not yet of any type.
   *
   * @param text the value without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(String text, boolean plain, SourcePosition position) implements YamlValue {

    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)([eE][-+]?\\d{1,4})?");

    /** Whether the text could be a number, of whatever range, be it in quotes. */
    public boolean isNumber() {
      return NUMBER.matcher(text).matches();
    }

    /**
     * The number that was written.
     *
     * @throws NumberFormatException if the text is none
     */
    public BigDecimal number() {
      return new BigDecimal(text.replace("_", ""));
    }

    @Override
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String description() {
      if (isNull()) {
        return "nothing";
      }
      if (!plain) {
        return "the text \"" + text + "\"";
      }
      return isNumber() ? text : MessageWording.quoted(text);
    }
  }

  /** A list. */
  record Sequence(List<YamlValue> items, SourcePosition position) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String description() {
      return "a list";
    }

    /** This list with an item at its end. */
    public Sequence with(YamlValue item) {
      List<YamlValue> longer = new ArrayList<>(items);
      longer.add(item);
      return new Sequence(longer, position);
    }

    /** This list with an item in place of another. */
    public Sequence with(int index, YamlValue item) {
      List<YamlValue> changed = new ArrayList<>(items);
      changed.set(index, item);
      return new Sequence(changed, position);
    }
  }

  /** Values under keys, each key once. */
  record Mapping(List<MappingEntry> entries, SourcePosition position) implements YamlValue {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** A mapping without entries. */
    public static Mapping empty(SourcePosition place) {
      return new Mapping(List.of(), place);
    }

    @Override
    public String description() {
      return entries.isEmpty()
          ? "an empty mapping"
          : "a mapping with " + MessageWording.quoted(keys(), "and");
    }

    /** The keys, in the order of the text. */
    public List<String> keys() {
      return entries.stream().map(MappingEntry::key).toList();
    }

    /** The entry of a key. */
    public Optional<MappingEntry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    /** The value of a key. */
    public Optional<YamlValue> get(String key) {
      return entry(key).map(MappingEntry::value);
    }

    /** This mapping with the value in place of the key's old one, or at the end. */
    public Mapping with(String key, YamlValue value) {
      List<MappingEntry> changed = new ArrayList<>();
      for (MappingEntry entry : entries) {
        boolean moved = entry.key().equals(key) && value.position().line() == 0;
        SourcePosition at = moved ? value.position() : entry.position();
        changed.add(entry.key().equals(key) ? new MappingEntry(key, at, value) : entry);
      }
      if (entry(key).isEmpty()) {
        changed.add(new MappingEntry(key, value.position(), value));
      }
      return new Mapping(changed, position);
    }
  }

  /**
   * One key of a mapping.
   *
   * @param position where the key was written
   */
  record MappingEntry(String key, SourcePosition position, YamlValue value) {}
}
