package org.gantry.recipes.internal.options;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.recipes.OptionInfo;

/** Lists the options of a component, nested ones under dotted names. */
public final class OptionTable {

  private OptionTable() {}

  /** Returns the options of a record, in order. */
  public static List<OptionInfo> of(Class<? extends Record> type) {
    return rows("", type).toList();
  }

  private static Stream<OptionInfo> rows(String prefix, Class<? extends Record> type) {
    return OptionDeclaration.of(type).stream()
        .flatMap(
            option -> {
              String name = prefix + option.name();
              return option.type() instanceof OptionType.RecordType group
                  ? rows(name + ".", group.type())
                  : Stream.of(
                      new OptionInfo(
                          name,
                          option.type().noun(),
                          option.defaultValue(),
                          range(option),
                          option.doc(),
                          kind(option.type())));
            });
  }

  /** Returns the kind of the components that an option holds. */
  private static Optional<String> kind(OptionType type) {
    if (type instanceof OptionType.ListType many) {
      return kind(many.element());
    }
    return type instanceof OptionType.ComponentType component
        ? Optional.of(component.kind())
        : Optional.empty();
  }

  private static String range(OptionDeclaration option) {
    String range = option.limits().describe(option.type().sizeUnit());
    if (option.type() instanceof OptionType.ListType many) {
      String each = many.limits().describe(many.element().sizeUnit());
      return Stream.of(range, each.isEmpty() ? "" : "each " + each)
          .filter(text -> !text.isEmpty())
          .reduce((a, b) -> a + ", " + b)
          .orElse("");
    }
    return range;
  }
}
