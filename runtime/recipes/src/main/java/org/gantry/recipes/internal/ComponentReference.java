package org.gantry.recipes.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.components.ComponentInfo;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * How a recipe names a component: {@code NAME}, {@code BUNDLE/NAME}, and either with
 * {@code @VERSION} for exactly that version or with {@code @[FROM,BELOW)} for a range.
 *
 * @param bundle the symbolic name of the bundle, where the recipe gives it
 * @param name the component's name
 * @param versions the versions that the recipe allows
 */
record ComponentReference(Optional<String> bundle, String name, Optional<VersionRange> versions) {

  private static final Pattern SYNTAX =
      Pattern.compile("(?:([^/@\\s]+)/)?([^/@\\s]+)(?:@([^@\\s]+))?");

  /** Reads a reference; empty if it is none. */
  static Optional<ComponentReference> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Optional<VersionRange> versions =
          Optional.ofNullable(matcher.group(3)).map(ComponentReference::range);
      return Optional.of(
          new ComponentReference(
              Optional.ofNullable(matcher.group(1)), matcher.group(2), versions));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name in a reference, as far as it can be made out. */
  static String nameIn(String text) {
    return parse(text).map(ComponentReference::name).orElse(text);
  }

  private static VersionRange range(String text) {
    if (text.startsWith("[") || text.startsWith("(")) {
      return new VersionRange(text);
    }
    Version exactly = new Version(text);
    return new VersionRange(VersionRange.LEFT_CLOSED, exactly, exactly, VersionRange.RIGHT_CLOSED);
  }

  /** The reference that means this component and no other. */
  static String pinned(ComponentInfo component) {
    return component.qualifiedName() + "@" + component.version();
  }

  boolean allows(ComponentInfo component) {
    return versions.map(range -> range.includes(new Version(component.version()))).orElse(true);
  }
}
