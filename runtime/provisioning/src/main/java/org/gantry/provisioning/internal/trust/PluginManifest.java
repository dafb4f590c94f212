package org.gantry.provisioning.internal.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.eclipse.osgi.util.ManifestElement;
import org.gantry.component.Component;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ProvisioningException;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * The manifest of a plugin.
 *
 * @param jar the name of the jar in messages
 * @param name the symbolic name of the bundle
 * @param version the version of the bundle
 * @param components the declared components
 * @param attributes all headers
 */
public record PluginManifest(
    String jar,
    String name,
    String version,
    List<ComponentDeclaration> components,
    Attributes attributes) {

  /** File systems allow 255 bytes, and a version follows. */
  private static final int LONGEST_NAME = 200;

  private static final Pattern SYMBOLIC_NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private static final Pattern COMPONENT_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /**
   * A component that a manifest declares.
   *
   * @param type the name of its class
   */
  record ComponentDeclaration(String kind, String name, String type) {

    /** {@code kind/name}. */
    String id() {
      return kind + "/" + name;
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws ProvisioningException if it is not the manifest of a bundle
   */
  static PluginManifest parse(String jar, Attributes attributes) {
    String symbolicName = header(attributes, Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName.isEmpty()) {
      throw refused(jar, "is not a bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
    }
    if (!"2".equals(header(attributes, Constants.BUNDLE_MANIFESTVERSION))) {
      throw refused(jar, "is not a bundle of OSGi 4 or later: its Bundle-ManifestVersion is not 2");
    }
    String name = elements(jar, attributes, Constants.BUNDLE_SYMBOLICNAME).get(0).getValue();
    if (!isSymbolicName(name)) {
      throw refused(jar, "has the invalid symbolic name '" + name + "'");
    }
    String text = header(attributes, Constants.BUNDLE_VERSION);
    try {
      String version = Version.parseVersion(text).toString();
      return new PluginManifest(jar, name, version, components(jar, attributes), attributes);
    } catch (IllegalArgumentException e) {
      throw refused(jar, "has the invalid version '" + text + "'");
    }
  }

  /**
   * Whether a text is a valid symbolic name: words joined by dots, as the specification of OSGi
   * says. Such a name is also a file name, unlike {@code ..}.
   */
  public static boolean isSymbolicName(String name) {
    return name.length() <= LONGEST_NAME && SYMBOLIC_NAME.matcher(name).matches();
  }

  private static List<ComponentDeclaration> components(String jar, Attributes attributes) {
    List<ComponentDeclaration> components = new ArrayList<>();
    for (ManifestElement element : elements(jar, attributes, Constants.PROVIDE_CAPABILITY)) {
      if (List.of(element.getValueComponents()).contains(Component.NAMESPACE)) {
        components.add(
            new ComponentDeclaration(
                word(jar, element, "kind"),
                word(jar, element, Component.NAMESPACE),
                required(jar, element, "class")));
      }
    }
    return components;
  }

  private static String required(String jar, ManifestElement element, String attribute) {
    String value = element.getAttribute(attribute);
    if (value == null || value.isBlank()) {
      throw refused(
          jar,
          "declares a component without "
              + (attribute.equals(Component.NAMESPACE) ? "name" : attribute));
    }
    return value;
  }

  /** An attribute that becomes a part of messages and file names. */
  private static String word(String jar, ManifestElement element, String attribute) {
    String value = required(jar, element, attribute);
    if (value.length() > LONGEST_NAME || !COMPONENT_WORD.matcher(value).matches()) {
      throw refused(jar, "declares a component with the invalid name '" + value + "'");
    }
    return value;
  }

  private static List<ManifestElement> elements(String jar, Attributes attributes, String header) {
    try {
      ManifestElement[] elements = ManifestElement.parseHeader(header, attributes.getValue(header));
      return elements == null ? List.of() : List.of(elements);
    } catch (BundleException e) {
      throw refused(jar, "has a header " + header + " that cannot be read: " + ErrorText.of(e));
    }
  }

  /**
   * Refuses a plugin that would fail later or harm other bundles.
   *
   * @param entries the entries of the jar
   * @param hostNames the names that belong to the host
   */
  void requireInstallable(Set<String> entries, HostNames hostNames) {
    if (hostNames.isBundle(name)) {
      throw refused(jar, "has the name " + name + ", which belongs to a bundle of the host");
    }
    if (attributes.getValue(Constants.FRAGMENT_HOST) != null) {
      throw refused(jar, "is a fragment, which would become part of another bundle");
    }
    for (ManifestElement element : elements(jar, attributes, Constants.EXPORT_PACKAGE)) {
      for (String exported : element.getValueComponents()) {
        if (hostNames.isPackage(exported)) {
          throw refused(jar, "exports the package " + exported + ", which belongs to the host");
        }
      }
    }
    String activator = header(attributes, Constants.BUNDLE_ACTIVATOR);
    if (!activator.isEmpty() && !entries.contains(entry(activator))) {
      throw refused(jar, "names the activator " + activator + ", which is not in the jar");
    }
    Set<String> seen = new HashSet<>();
    for (ComponentDeclaration component : components) {
      String id = component.id();
      if (!seen.add(id)) {
        throw refused(jar, "declares the component " + id + " twice");
      } else if (!entries.contains(entry(component.type()))) {
        throw refused(
            jar, "declares " + id + " as class " + component.type() + ", which is not in the jar");
      }
    }
    boolean requiresExtender =
        elements(jar, attributes, Constants.REQUIRE_CAPABILITY).stream()
            .anyMatch(
                element ->
                    List.of(element.getValueComponents()).contains("osgi.extender")
                        && String.valueOf(element.getDirective("filter"))
                            .contains("(osgi.extender=" + Component.NAMESPACE + ")"));
    if (!components.isEmpty() && !requiresExtender) {
      throw refused(
          jar,
          "declares components but does not require the extender gantry.component; build it with"
              + " bnd");
    }
  }

  private static String header(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value.strip();
  }

  /** The names of the components, as {@code kind/name}, in order. */
  List<String> componentNames() {
    return components.stream().map(ComponentDeclaration::id).sorted().toList();
  }

  /** The components of a jar, as {@code kind/name}; none if its manifest cannot be read. */
  public static List<String> componentsOf(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      return manifest == null
          ? List.of()
          : parse(jar.toString(), manifest.getMainAttributes()).componentNames();
    } catch (IOException | ProvisioningException e) {
      return List.of();
    }
  }

  private static String entry(String type) {
    return type.replace('.', '/') + ".class";
  }

  private static ProvisioningException refused(String jar, String what) {
    return ProvisioningException.refused(jar + " " + what, "");
  }
}
