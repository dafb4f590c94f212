package org.gantry.recipes.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A YAML value with its position. Immutable. */
public sealed interface YamlValue {

  /** Returns where the value begins. */
  SourcePosition position();

  /** Whether the value is YAML's null, such as a key without a value. */
  default boolean isNull() {
    return false;
  }

  /** Describes the value in a message, such as {@code a list}. */
  String description();

  /**
   * A single value, which has no type yet.
   *
   * @param text the value without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(String text, boolean plain, SourcePosition position) implements YamlValue {

    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,4})?");

    /** Whether the text is a number of YAML 1.2, even in quotes. */
    public boolean isNumber() {
      return NUMBER.matcher(text).matches();
    }

    /**
     * Returns the number.
     *
     * @throws NumberFormatException if the text is not a number
     */
    public BigDecimal number() {
      return new BigDecimal(text);
    }

    /**
     * Advises how to write a number such as {@code 10_000}, which is a text in YAML 1.2.
     *
     * @return empty if the text is not such a number
     */
    public Optional<String> separatorFix() {
      String digits = text.replace("_", "");
      return plain && !digits.equals(text) && NUMBER.matcher(digits).matches()
          ? Optional.of("Write " + digits + "; numbers have no '_' in YAML 1.2.")
          : Optional.empty();
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
      return isNumber() ? text : MessageText.quoted(text);
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

    /** Returns this list with an item appended. */
    public Sequence with(YamlValue item) {
      List<YamlValue> longer = new ArrayList<>(items);
      longer.add(item);
      return new Sequence(longer, position);
    }

    /** Returns this list with one item replaced. */
    public Sequence with(int index, YamlValue item) {
      List<YamlValue> changed = new ArrayList<>(items);
      changed.set(index, item);
      return new Sequence(changed, position);
    }
  }

  /** A mapping from unique keys to values. */
  record Mapping(List<MappingEntry> entries, SourcePosition position) implements YamlValue {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** Returns a mapping without entries. */
    public static Mapping empty(SourcePosition position) {
      return new Mapping(List.of(), position);
    }

    @Override
    public String description() {
      return entries.isEmpty()
          ? "an empty mapping"
          : "a mapping with " + MessageText.quoted(keys(), "and");
    }

    /** Returns the keys, in the order of the text. */
    public List<String> keys() {
      return entries.stream().map(MappingEntry::key).toList();
    }

    /** Returns the entry of a key. */
    public Optional<MappingEntry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    /** Returns the value of a key. */
    public Optional<YamlValue> get(String key) {
      return entry(key).map(MappingEntry::value);
    }

    /** Returns this mapping with the value of a key replaced, or with a new entry at the end. */
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
   * An entry of a mapping.
   *
   * @param position where the key is written
   */
  record MappingEntry(String key, SourcePosition position, YamlValue value) {}
}
