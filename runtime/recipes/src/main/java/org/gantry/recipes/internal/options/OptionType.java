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
      if (element instanceof RecordType) {
        return "list of mappings of options";
      }
      boolean names = element instanceof EnumType || element instanceof BooleanType;
      return "list of " + (names ? element.noun() : MessageText.plural(element.noun()));
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

  /**
   * A component, written as its name or as its name with options.
   *
   * @param kind the kind of the component
   * @param type the interface that it must implement
   * @param takes the input ports that it must have; empty for any
   * @param gives the output ports that it must have; it may have others
   */
  record ComponentType(String kind, Class<?> type, List<String> takes, List<String> gives)
      implements OptionType {
    public ComponentType {
      takes = List.copyOf(takes);
      gives = List.copyOf(gives);
    }

    @Override
    public String noun() {
      return kind;
    }
  }
}
