package org.gantry.provisioning.internal.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import org.eclipse.osgi.util.ManifestElement;
import org.gantry.component.Component;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ProvisioningException;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What a manifest declares.
 *
 * @param jar how messages name the jar
 * @param name the symbolic name
 * @param version the version
 * @param components the components
 * @param attributes all headers
 */
public record PluginManifest(
    String jar,
    String name,
    String version,
    List<ComponentDeclaration> components,
    Attributes attributes) {

  /** One component. */
  record ComponentDeclaration(String kind, String name, String type) {}

  static PluginManifest parse(String jar, Attributes attributes) {
    String symbolicName = JarInspection.header(attributes, Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName.isEmpty()) {
      throw refused(jar, "is no bundle: its manifest does not name it");
    }
    if (!"2".equals(JarInspection.header(attributes, Constants.BUNDLE_MANIFESTVERSION))) {
      throw refused(jar, "is no bundle of OSGi 4 or later: its Bundle-ManifestVersion is not 2");
    }
    String name = elements(jar, attributes, Constants.BUNDLE_SYMBOLICNAME).get(0).getValue();
    if (!isSymbolicName(name)) {
      throw refused(jar, "has the symbolic name '" + name + "', which is none");
    }
    String text = JarInspection.header(attributes, Constants.BUNDLE_VERSION);
    try {
      String version = Version.parseVersion(text).toString();
      return new PluginManifest(jar, name, version, components(jar, attributes), attributes);
    } catch (IllegalArgumentException e) {
      throw refused(jar, "has the version '" + text + "', which is none");
    }
  }

  /** Whether it is a symbolic name. */
  public static boolean isSymbolicName(String name) {
    return name.matches("[A-Za-z0-9_.-]+");
  }

  private static List<ComponentDeclaration> components(String jar, Attributes attributes) {
    List<ComponentDeclaration> components = new ArrayList<>();
    for (ManifestElement element : elements(jar, attributes, Constants.PROVIDE_CAPABILITY)) {
      if (List.of(element.getValueComponents()).contains(Component.NAMESPACE)) {
        components.add(
            new ComponentDeclaration(
                required(jar, element, "kind"),
                required(jar, element, Component.NAMESPACE),
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

  private static List<ManifestElement> elements(String jar, Attributes attributes, String header) {
    try {
      ManifestElement[] elements = ManifestElement.parseHeader(header, attributes.getValue(header));
      return elements == null ? List.of() : List.of(elements);
    } catch (BundleException e) {
      throw refused(jar, "has a header " + header + " that cannot be read: " + ErrorText.of(e));
    }
  }

  /** Refuses what could be found out only later, or would harm others. */
  void requireInstallable(Set<String> entries, Predicate<String> hostPackage) {
    if (attributes.getValue(Constants.FRAGMENT_HOST) != null) {
      throw refused(
          jar, "is a fragment, which would become part of another bundle; plugins are not");
    }
    for (ManifestElement element : elements(jar, attributes, Constants.EXPORT_PACKAGE)) {
      for (String exported : element.getValueComponents()) {
        if (hostPackage.test(exported)) {
          throw refused(jar, "exports the package " + exported + ", which is the host's own");
        }
      }
    }
    String activator = JarInspection.header(attributes, Constants.BUNDLE_ACTIVATOR);
    if (!activator.isEmpty() && !entries.contains(entry(activator))) {
      throw refused(jar, "names the activator " + activator + ", which is not in it");
    }
    Set<String> seen = new HashSet<>();
    for (ComponentDeclaration component : components) {
      String id = component.kind() + "/" + component.name();
      if (!seen.add(id)) {
        throw refused(jar, "declares the component " + id + " twice");
      } else if (!entries.contains(entry(component.type()))) {
        throw refused(
            jar, "declares " + id + " as class " + component.type() + ", which is not in it");
      }
    }
    boolean asks =
        elements(jar, attributes, Constants.REQUIRE_CAPABILITY).stream()
            .anyMatch(
                element ->
                    List.of(element.getValueComponents()).contains("osgi.extender")
                        && String.valueOf(element.getDirective("filter"))
                            .contains("(osgi.extender=" + Component.NAMESPACE + ")"));
    if (!components.isEmpty() && !asks) {
      throw refused(
          jar,
          "declares components but does not require the extender gantry.component; build it with"
              + " bnd");
    }
  }

  private static String entry(String type) {
    return type.replace('.', '/') + ".class";
  }

  private static ProvisioningException refused(String jar, String what) {
    return ProvisioningException.refused(jar + " " + what, "");
  }
}
