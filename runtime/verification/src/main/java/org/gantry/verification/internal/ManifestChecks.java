package org.gantry.verification.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.eclipse.osgi.util.ManifestElement;
import org.gantry.component.Component;
import org.gantry.testkit.contract.ContractCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

/** Checks the manifest and the content of a plugin's jar. Loads no class. */
final class ManifestChecks {

  /** Packages that the host provides and a plugin must not contain. */
  private static final List<String> HOST_PACKAGES =
      List.of("ai/djl/", "org/slf4j/", "jakarta/inject/", "jakarta/validation/", "org/junit/");

  private final JarFile jar;
  private final Attributes headers;
  private final List<String> api;

  ManifestChecks(JarFile jar, BundleContext context) throws IOException {
    this.jar = jar;
    headers =
        Optional.ofNullable(jar.getManifest())
            .map(Manifest::getMainAttributes)
            .orElseGet(Attributes::new);
    api =
        FrameworkUtil.getBundle(Component.class)
            .adapt(BundleRevision.class)
            .getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
            .stream()
            .map(c -> (String) c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
            .toList();
  }

  /** Returns the symbolic name and the version. */
  String name() {
    String version = headers.getValue(Constants.BUNDLE_VERSION);
    return symbolicName() + (version == null ? "" : " " + version);
  }

  String symbolicName() {
    return elements(Constants.BUNDLE_SYMBOLICNAME).stream()
        .map(ManifestElement::getValue)
        .findFirst()
        .orElse("a jar without a symbolic name");
  }

  List<ContractCheck> checks() {
    return List.of(
        new ContractCheck("it is a bundle with a name and a version", this::checkName),
        new ContractCheck(
            "it declares components and requires the extender for them", this::checkComponents),
        new ContractCheck("its imports have version ranges", this::checkRanges),
        new ContractCheck("it imports no internal package of the host", this::checkInternals),
        new ContractCheck("its exports have versions", this::checkExports),
        new ContractCheck("it imports packages, not whole bundles", this::checkDependencies),
        new ContractCheck("it contains no class of the host", this::checkContent));
  }

  private void checkName() {
    for (String header : List.of(Constants.BUNDLE_SYMBOLICNAME, Constants.BUNDLE_VERSION)) {
      require(headers.getValue(header) != null, "its manifest has no " + header);
    }
    require(
        "2".equals(headers.getValue(Constants.BUNDLE_MANIFESTVERSION)),
        "its manifest lacks Bundle-ManifestVersion: 2");
  }

  private void checkComponents() {
    require(
        elements(Constants.PROVIDE_CAPABILITY).stream()
            .anyMatch(e -> e.getValue().equals(Component.NAMESPACE)),
        "its manifest declares no component: annotate classes with @Component, and build with bnd");
    String filter =
        elements(Constants.REQUIRE_CAPABILITY).stream()
            .filter(e -> e.getValue().equals("osgi.extender"))
            .map(e -> e.getDirective(Constants.FILTER_DIRECTIVE))
            .filter(f -> f != null && f.contains("osgi.extender=" + Component.NAMESPACE))
            .findFirst()
            .orElse("");
    require(!filter.isEmpty(), "it does not require the host's extender: build it with bnd");
    require(
        filter.contains("(version>=1") && filter.contains("(!(version>="),
        "it requires the extender without a version range: " + filter);
  }

  private void checkRanges() {
    List<String> open = new ArrayList<>();
    for (ManifestElement element : elements(Constants.IMPORT_PACKAGE)) {
      String version = element.getAttribute(Constants.VERSION_ATTRIBUTE);
      boolean bounded = version != null && VersionRange.valueOf(version).getRight() != null;
      if (!bounded && !isOfJdk(element.getValue())) {
        open.add(element.getValue() + (version == null ? "" : " " + version));
      }
    }
    CheckRunner.requireEmpty(
        open,
        "the version ranges of %s have no upper end; set one for bnd, such as"
            + " 'Import-Package: ai.djl.*;version=\"[0.36,0.37)\",*'");
  }

  private static boolean isOfJdk(String name) {
    return ModuleLayer.boot().modules().stream()
        .anyMatch(
            module ->
                module.getPackages().contains(name)
                    && (module.getName().startsWith("java.")
                        || module.getName().startsWith("jdk.")));
  }

  private void checkInternals() {
    List<String> internal =
        elements(Constants.IMPORT_PACKAGE).stream()
            .map(ManifestElement::getValue)
            .filter(name -> name.startsWith("ai.djl.pytorch") || isOfGantry(name))
            .toList();
    CheckRunner.requireEmpty(internal, "it imports %s, which can change in any release");
  }

  private boolean isOfGantry(String name) {
    return name.startsWith("org.gantry.") && !api.contains(name);
  }

  private void checkExports() {
    CheckRunner.requireEmpty(
        elements(Constants.EXPORT_PACKAGE).stream()
            .filter(e -> e.getAttribute(Constants.VERSION_ATTRIBUTE) == null)
            .map(ManifestElement::getValue)
            .toList(),
        "%s has no version");
  }

  private void checkDependencies() {
    for (String header :
        List.of(
            Constants.REQUIRE_BUNDLE, Constants.DYNAMICIMPORT_PACKAGE, Constants.FRAGMENT_HOST)) {
      require(
          headers.getValue(header) == null,
          "it has the header " + header + "; use Import-Package instead");
    }
  }

  private void checkContent() throws IOException {
    List<String> found = new ArrayList<>();
    for (JarEntry entry : jar.stream().toList()) {
      note(entry.getName(), "", found);
      if (entry.getName().endsWith(".jar")) {
        try (InputStream in = jar.getInputStream(entry);
            JarInputStream nested = new JarInputStream(in)) {
          for (ZipEntry e = nested.getNextEntry(); e != null; e = nested.getNextEntry()) {
            note(e.getName(), entry.getName() + "!", found);
          }
        }
      }
    }
    CheckRunner.requireEmpty(found.stream().distinct().limit(5).toList(), "it contains %s");
  }

  private void note(String entry, String where, List<String> found) {
    int slash = entry.lastIndexOf('/');
    if (!entry.endsWith(".class") || slash < 0) {
      return;
    }
    String folder = entry.substring(0, slash + 1);
    boolean isOfHost =
        HOST_PACKAGES.stream().anyMatch(folder::startsWith)
            || api.contains(folder.substring(0, slash).replace('/', '.'));
    if (isOfHost) {
      found.add(where + folder);
    }
  }

  private List<ManifestElement> elements(String header) {
    try {
      ManifestElement[] elements = ManifestElement.parseHeader(header, headers.getValue(header));
      return elements == null ? List.of() : Arrays.asList(elements);
    } catch (BundleException e) {
      throw new AssertionError("its header " + header + " is not valid: " + e.getMessage(), e);
    }
  }

  private static void require(boolean condition, String failure) {
    if (!condition) {
      throw new AssertionError(failure);
    }
  }
}
