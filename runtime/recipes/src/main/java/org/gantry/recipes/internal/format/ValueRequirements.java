package org.gantry.recipes.internal.format;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionType;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;

/**
 * Checks that a component fits the option that holds it.
 *
 * @param components the installed components
 * @param catalog the same, by kind
 * @param problems receives a problem for each component that does not fit
 */
record ValueRequirements(
    ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {

  /** Whether the component has the ports and the interface that the option requires. */
  boolean meets(ComponentChoice choice, OptionType.ComponentType type) {
    ComponentInfo component = choice.component();
    try {
      if (!hasPorts(component, type)) {
        refuse(
            choice,
            type,
            "%s with %s, and %s takes %s and gives %s."
                .formatted(
                    MessageText.withArticle(type.kind()),
                    portsOf(type),
                    MessageText.quoted(component.name()),
                    ports(component.takes()),
                    ports(component.gives())));
        return false;
      }
      if (!isInstance(component, type)) {
        refuse(
            choice,
            type,
            "%s that implements %s, and %s does not."
                .formatted(
                    MessageText.withArticle(type.kind()),
                    type.type().getName(),
                    MessageText.quoted(component.name())));
        return false;
      }
      return true;
    } catch (ComponentException e) {
      problems.addThrown(
          choice.position(),
          MessageText.toSentence(e.getMessage()),
          ComponentResolver.fixFor(e, component),
          e);
      return false;
    }
  }

  private void refuse(ComponentChoice choice, OptionType.ComponentType type, String expected) {
    Predicate<ComponentInfo> fits = c -> hasPorts(c, type) && isUsable(c, type);
    List<String> fitting =
        catalog.ofKind(type.kind()).stream().filter(fits).map(ComponentInfo::name).toList();
    problems.add(
        choice.position(),
        MessageText.quoted(choice.path()) + " expects " + expected,
        fitting.isEmpty()
            ? "No installed %s fits.".formatted(type.kind())
            : "Installed %s that fit: %s."
                .formatted(
                    MessageText.plural(type.kind()),
                    MessageText.quoted(fitting.stream().distinct().sorted().toList(), "and")));
  }

  private boolean isInstance(ComponentInfo component, OptionType.ComponentType type) {
    return type.type().isAssignableFrom(components.type(component));
  }

  private boolean isUsable(ComponentInfo component, OptionType.ComponentType type) {
    try {
      return isInstance(component, type);
    } catch (ComponentException e) {
      return false;
    }
  }

  /** The name of an optional port ends in a question mark. */
  private static boolean hasPorts(ComponentInfo component, OptionType.ComponentType type) {
    List<String> needed = component.takes().stream().filter(port -> !port.endsWith("?")).toList();
    boolean takes =
        type.takes().isEmpty()
            || (names(component.takes()).containsAll(type.takes())
                && type.takes().containsAll(needed));
    return takes && names(component.gives()).containsAll(type.gives());
  }

  private static Set<String> names(List<String> ports) {
    return ports.stream().map(port -> port.replace("?", "")).collect(Collectors.toSet());
  }

  private static String portsOf(OptionType.ComponentType type) {
    String gives = "the outputs " + ports(type.gives());
    if (type.takes().isEmpty()) {
      return gives;
    }
    String takes = "the inputs " + ports(type.takes());
    return type.gives().isEmpty() ? takes : takes + " and " + gives;
  }

  private static String ports(List<String> ports) {
    return ports.isEmpty() ? "nothing" : MessageText.quoted(ports, "and");
  }
}
