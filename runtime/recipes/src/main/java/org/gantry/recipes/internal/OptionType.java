package org.gantry.recipes.internal;

import java.util.List;
import org.gantry.recipes.text.MessageWording;

/** What an option's value is made of, and so how a recipe spells it. */
sealed interface OptionType {

  /** What a recipe writes, such as {@code whole number}. */
  String noun();

  /** What the elements of a size are called in a sentence. */
  default String sizeUnit() {
    return "character";
  }

  /**
   * A whole number.
   *
   * @param minimum the least that the Java type holds
   * @param maximum the greatest that it holds
   */
  record IntegerType(long minimum, long maximum) implements OptionType {
    @Override
    public String noun() {
      return "whole number";
    }
  }

  /** A number. */
  record DecimalType() implements OptionType {
    @Override
    public String noun() {
      return "number";
    }
  }

  /** True or false. */
  record BooleanType() implements OptionType {
    @Override
    public String noun() {
      return "true or false";
    }
  }

  /** A text. */
  record TextType() implements OptionType {
    @Override
    public String noun() {
      return "text";
    }
  }

  /** A file or folder. */
  record PathType() implements OptionType {
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
  record EnumType(List<Enum<?>> constants) implements OptionType {
    public EnumType {
      constants = List.copyOf(constants);
    }

    List<String> names() {
      return constants.stream().map(c -> MessageWording.toKebabCase(c.name())).toList();
    }

    @Override
    public String noun() {
      return MessageWording.joined(names(), "or");
    }
  }

  /** A list of values of one type. */
  record ListType(OptionType element, OptionLimits limits) implements OptionType {
    @Override
    public String noun() {
      return "list of " + (element instanceof EnumType ? element.noun() : element.noun() + "s");
    }

    @Override
    public String sizeUnit() {
      return "element";
    }
  }

  /** Options of their own. */
  record RecordType(Class<? extends Record> type) implements OptionType {
    @Override
    public String noun() {
      return "mapping of options";
    }
  }
}
