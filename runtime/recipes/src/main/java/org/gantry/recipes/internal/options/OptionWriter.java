package org.gantry.recipes.internal.options;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** Writes options as a recipe does; {@link OptionBinder} binds the result to an equal record. */
public final class OptionWriter {

  /** Texts that a YAML reader can take for another type; they are written in quotes. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|(?![a-z/]).*|.*[^a-z0-9_./-].*");

  private final SourcePosition position;

  /** Creates a writer whose values all have the same position. */
  public OptionWriter(SourcePosition position) {
    this.position = position;
  }

  /** Writes every option of a record. */
  public Mapping write(Record options) {
    List<MappingEntry> entries = new ArrayList<>();
    for (OptionDeclaration option : OptionDeclaration.of(options.getClass())) {
      try {
        Object value = option.accessor().invoke(options);
        entries.add(new MappingEntry(option.name(), position, value(value)));
      } catch (InvocationTargetException | IllegalAccessException e) {
        throw new IllegalStateException("reading " + option.name() + " of " + options, e);
      }
    }
    return new Mapping(entries, position);
  }

  /** Writes a text without quotes, such as a number or a name. */
  public Scalar plain(String text) {
    return new Scalar(text, true, position);
  }

  /** Writes a text, in quotes where it needs them. */
  public Scalar text(String text) {
    return new Scalar(text, !AMBIGUOUS.matcher(text).matches(), position);
  }

  /** Returns the position of all values. */
  SourcePosition position() {
    return position;
  }

  /** Writes the value of an option. */
  YamlValue value(Object value) {
    if (value instanceof ComponentChoice choice) {
      return choice.toYaml(this);
    }
    if (value instanceof BoundOptions nested) {
      return nested.toYaml(this);
    }
    if (value instanceof Record group) {
      return write(group);
    }
    if (value instanceof List<?> list) {
      return new Sequence(list.stream().map(this::value).toList(), position);
    }
    if (value instanceof Double number) {
      return plain(formatNumber(number));
    }
    if (value instanceof Enum<?> constant) {
      return plain(MessageText.toKebabCase(constant.name()));
    }
    if (value instanceof Number || value instanceof Boolean) {
      return plain(value.toString());
    }
    return text(value.toString());
  }

  /** Returns the shortest digits of a number, with an exponent where that is easier to read. */
  public static String formatNumber(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    double size = Math.abs(number);
    if (number == 0 || (size >= 1e-3 && size < 1e9)) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    int exponent = exact.precision() - exact.scale() - 1;
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + exponent;
  }
}
