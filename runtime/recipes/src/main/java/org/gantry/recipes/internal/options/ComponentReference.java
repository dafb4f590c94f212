package org.gantry.recipes.internal.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.components.ComponentInfo;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A reference to a component, as recipes write it: {@code NAME} or {@code BUNDLE/NAME}. Either can
 * end in {@code @VERSION} for exactly that version, or in {@code @[FROM,BELOW)} for a range.
 *
 * @param bundle the symbolic name of the bundle; empty for any bundle
 * @param name the component's name
 * @param versions the allowed versions; empty for any version
 */
public record ComponentReference(
    Optional<String> bundle, String name, Optional<VersionRange> versions) {

  private static final Pattern SYNTAX =
      Pattern.compile("(?:([^/@\\s]+)/)?([^/@\\s]+)(?:@([^@\\s]+))?");

  /** Parses a reference; empty if the text is not one. */
  public static Optional<ComponentReference> parse(String text) {
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

  /** Returns the component's name in a reference, or the whole text if it is not a reference. */
  public static String nameIn(String text) {
    return parse(text).map(ComponentReference::name).orElse(text);
  }

  private static VersionRange range(String text) {
    if (text.startsWith("[") || text.startsWith("(")) {
      return new VersionRange(text);
    }
    Version exactly = new Version(text);
    return new VersionRange(VersionRange.LEFT_CLOSED, exactly, exactly, VersionRange.RIGHT_CLOSED);
  }

  /** Returns the reference to exactly this component: {@code BUNDLE/NAME@VERSION}. */
  public static String pinned(ComponentInfo component) {
    return component.qualifiedName() + "@" + component.version();
  }

  /** Whether the component's version is one of the allowed versions. */
  public boolean allows(ComponentInfo component) {
    return versions.map(range -> range.includes(new Version(component.version()))).orElse(true);
  }
}
