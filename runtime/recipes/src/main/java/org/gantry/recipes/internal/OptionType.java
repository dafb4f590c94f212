package org.gantry.recipes.internal;

import java.util.List;
import org.gantry.recipes.text.Wording;

/** What an option's value is made of, and so how a recipe spells it. */
sealed interface OptionType {

  /** What a recipe writes, such as {@code whole number}. */
  String noun();

  /** What the elements of a size are called in a sentence. */
  default String part() {
    return "character";
  }

  /**
   * A whole number.
   *
   * @param least the least that the Java type holds
   * @param most the greatest that it holds
   */
  record Whole(long least, long most) implements OptionType {
    @Override
    public String noun() {
      return "whole number";
    }
  }

  /** A number. */
  record Decimal() implements OptionType {
    @Override
    public String noun() {
      return "number";
    }
  }

  /** True or false. */
  record Flag() implements OptionType {
    @Override
    public String noun() {
      return "true or false";
    }
  }

  /** A text. */
  record Text() implements OptionType {
    @Override
    public String noun() {
      return "text";
    }
  }

  /** A file or folder. */
  record File() implements OptionType {
    @Override
    public String noun() {
      return "file";
    }
  }

  /**
   * One of several names.
   *
   * @param constants the enum's constants
   */
  record Choice(List<Enum<?>> constants) implements OptionType {
    public Choice {
      constants = List.copyOf(constants);
    }

    List<String> names() {
      return constants.stream().map(c -> Wording.kebab(c.name())).toList();
    }

    @Override
    public String noun() {
      return Wording.joined(names(), "or");
    }
  }

  /** A list of values of one type. */
  record Many(OptionType element, Limits limits) implements OptionType {
    @Override
    public String noun() {
      return "list of " + (element instanceof Choice ? element.noun() : element.noun() + "s");
    }

    @Override
    public String part() {
      return "element";
    }
  }

  /** Options of their own. */
  record Group(Class<? extends Record> type) implements OptionType {
    @Override
    public String noun() {
      return "mapping of options";
    }
  }
}
