package org.gantry.recipes.internal.options;

import java.util.List;
import org.gantry.recipes.text.MessageText;

/** The type of an option's value, which determines how a recipe writes it. */
public sealed interface OptionType {

  /** Returns what a recipe writes, such as {@code whole number}. */
  String noun();

  /** Returns the unit of the value's size, such as {@code element}. */
  default String sizeUnit() {
    return "character";
  }

  /**
   * A whole number.
   *
   * @param minimum the least value of the Java type
   * @param maximum its greatest value
   */
  record IntegerType(long minimum, long maximum) implements OptionType {
    @Override
    public String noun() {
      return "whole number";
    }
  }

  /** A floating-point number. */
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

    public List<String> names() {
      return constants.stream().map(c -> MessageText.toKebabCase(c.name())).toList();
    }

    @Override
    public String noun() {
      return MessageText.joined(names(), "or");
    }
  }

  /** A list of values of one type, each within the limits. */
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

  /** A record of nested options. */
  record RecordType(Class<? extends Record> type) implements OptionType {
    @Override
    public String noun() {
      return "mapping of options";
    }
  }
}
