package org.gantry.components.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes bundles with classes of the package {@code sample} and arbitrary manifests. */
final class PluginJarBuilder {

  static final String PACKAGE = "org.gantry.components.sample";
  static final String HELLO =
      "kind=greeting;gantry.component=hello;version:Version=\"1.2.0\";summary=\"Says hello.\";"
          + "paper=\"arXiv:1\";takes:List<String>=\"name,hour\";gives:List<String>=text";

  private static final String EXTENDER =
      "osgi.extender;filter:=\"(&(osgi.extender=gantry.component)(version>=1)(!(version>=2)))\"";

  private final String symbolicName;
  private final List<String> capabilities = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();
  private boolean extended = true;
  private boolean lazy;

  PluginJarBuilder(String symbolicName) {
    this.symbolicName = symbolicName;
  }

  /** Returns a bundle with the sample {@code Greeting} and a correct manifest. */
  static PluginJarBuilder hello(String symbolicName) {
    return new PluginJarBuilder(symbolicName).declaring("Greeting", HELLO).with("Greeting$Options");
  }

  /** Adds a component without options, ports and paper, with a correct declaration. */
  PluginJarBuilder simple(String type, String name, String summary) {
    return declaring(
        type, "kind=greeting;gantry.component=%s;summary=\"%s\"".formatted(name, summary));
  }

  /** Adds a component without a version. */
  PluginJarBuilder unversioned(String type, String name, String summary) {
    return declaring(
        type, "kind=greeting;gantry.component=%s;summary=\"%s\"".formatted(name, summary));
  }

  /** Adds a class and its declaration. */
  PluginJarBuilder declaring(String type, String attributes) {
    return with(type).declaringOnly(type, attributes);
  }

  /** Adds a declaration without its class. */
  PluginJarBuilder declaringOnly(String type, String attributes) {
    capabilities.add("gantry.component;class=\"" + PACKAGE + "." + type + "\";" + attributes);
    return this;
  }

  /** Adds an interface and the declaration of its kind. */
  PluginJarBuilder kind(String type, String name, String summary) {
    capabilities.add(
        "gantry.kind;type=\"%s.%s\";gantry.kind=%s;summary=\"%s\""
            .formatted(PACKAGE, type, name, summary));
    return with(type);
  }

  /** Adds a class without a declaration. */
  PluginJarBuilder with(String type) {
    classes.add(type);
    return this;
  }

  /** Leaves out the requirement of the extender. */
  PluginJarBuilder withoutRequirement() {
    extended = false;
    return this;
  }

  /** Sets lazy activation. */
  PluginJarBuilder lazy() {
    lazy = true;
    return this;
  }

  /** Writes the bundle. */
  Path in(Path folder) {
    Path jar = folder.resolve(symbolicName + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
      for (String type : classes) {
        write(out, PACKAGE.replace('.', '/') + "/" + type + ".class");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  private static void write(JarOutputStream out, String entry) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    try (InputStream in = PluginJarBuilder.class.getClassLoader().getResourceAsStream(entry)) {
      in.transferTo(out);
    }
    out.closeEntry();
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", "3.4.5");
    main.putValue("Import-Package", "org.gantry.component,jakarta.inject");
    if (extended) {
      main.putValue("Require-Capability", EXTENDER);
    }
    if (lazy) {
      main.putValue("Bundle-ActivationPolicy", "lazy");
    }
    if (!capabilities.isEmpty()) {
      main.putValue("Provide-Capability", String.join(",", capabilities));
    }
    return manifest;
  }
}
