package org.gantry.recipes.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A piece of a recipe, with the place where it was written. Immutable. */
public sealed interface Value {

  /** Where it begins. */
  Place place();

  /** Whether nothing was written, as after a colon at the end of a line. */
  default boolean isNothing() {
    return false;
  }

  /** What a message says was found. */
  String found();

  /**
   * A single value, not yet of any type.
   *
   * @param text the value without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(String text, boolean plain, Place place) implements Value {

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
    public boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String found() {
      if (isNothing()) {
        return "nothing";
      }
      if (!plain) {
        return "the text \"" + text + "\"";
      }
      return isNumber() ? text : Wording.quoted(text);
    }
  }

  /** A list. */
  record Sequence(List<Value> items, Place place) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return "a list";
    }

    /** This list with an item at its end. */
    public Sequence with(Value item) {
      List<Value> longer = new ArrayList<>(items);
      longer.add(item);
      return new Sequence(longer, place);
    }

    /** This list with an item in place of another. */
    public Sequence with(int index, Value item) {
      List<Value> changed = new ArrayList<>(items);
      changed.set(index, item);
      return new Sequence(changed, place);
    }
  }

  /** Values under keys, each key once. */
  record Mapping(List<Entry> entries, Place place) implements Value {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** A mapping without entries. */
    public static Mapping empty(Place place) {
      return new Mapping(List.of(), place);
    }

    @Override
    public String found() {
      return entries.isEmpty()
          ? "an empty mapping"
          : "a mapping with " + Wording.quoted(keys(), "and");
    }

    /** The keys, in the order of the text. */
    public List<String> keys() {
      return entries.stream().map(Entry::key).toList();
    }

    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    /** The value of a key. */
    public Optional<Value> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** This mapping with the value in place of the key's old one, or at the end. */
    public Mapping with(String key, Value value) {
      List<Entry> changed = new ArrayList<>();
      for (Entry entry : entries) {
        boolean moved = entry.key().equals(key) && value.place().line() == 0;
        Place at = moved ? value.place() : entry.place();
        changed.add(entry.key().equals(key) ? new Entry(key, at, value) : entry);
      }
      if (entry(key).isEmpty()) {
        changed.add(new Entry(key, value.place(), value));
      }
      return new Mapping(changed, place);
    }
  }

  /**
   * One key of a mapping.
   *
   * @param place where the key was written
   */
  record Entry(String key, Place place, Value value) {}
}
