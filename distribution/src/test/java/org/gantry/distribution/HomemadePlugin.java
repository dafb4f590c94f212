package org.gantry.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A third-party plugin, compiled against the jars of the product alone.
 *
 * @param bundle the symbolic name of the bundle, which is also the package of its class
 * @param type the simple name of the class
 * @param source the class, without its package
 * @param capability the component's capability in the manifest, without the namespace
 * @param imports the packages that the class imports
 */
record HomemadePlugin(
    String bundle, String type, String source, String capability, List<String> imports) {

  /** Returns a discriminator that gives an energy where losses need a score. */
  static HomemadePlugin energyDiscriminator() {
    return new HomemadePlugin(
        "org.acme.energetic",
        "Energetic",
        """
        import ai.djl.nn.Block;
        import ai.djl.nn.core.Linear;
        import org.gantry.architecture.Architecture;
        import org.gantry.architecture.NetworkSite;
        import org.gantry.component.Component;

        @Component(kind = "discriminator", name = "energetic", summary = "Gives an energy.",
            takes = "image", gives = "energy")
        public final class Energetic implements Architecture {
          @Override
          public Block build(NetworkSite site) {
            return Linear.builder().setUnits(1).build();
          }
        }
        """,
        "gantry.component=energetic;kind=discriminator;"
            + "summary=\"Gives an energy.\";paper=\"\";takes:List<String>=image;"
            + "gives:List<String>=energy",
        List.of(
            "ai.djl.nn;version=\"[0.36,0.37)\"",
            "ai.djl.nn.core;version=\"[0.36,0.37)\"",
            "org.gantry.architecture",
            "org.gantry.component"));
  }

  /** Returns a loss whose name a bundled plugin uses as well. */
  static HomemadePlugin secondHinge() {
    return new HomemadePlugin(
        "org.acme.hinge",
        "Hinge",
        """
        import org.gantry.component.Component;
        import org.gantry.graph.Graph;
        import org.gantry.graph.AdversarialPair;
        import org.gantry.loss.Loss;

        @Component(kind = "loss", name = "hinge", summary = "Another hinge.")
        public final class Hinge implements Loss {
          @Override
          public void addTerms(AdversarialPair pair, Graph graph) {}
        }
        """,
        "gantry.component=hinge;kind=loss;summary=\"Another hinge.\";" + "paper=\"\"",
        List.of("org.gantry.component", "org.gantry.graph", "org.gantry.loss"));
  }

  /** Compiles the class and packs it. */
  Path pack(Path folder) throws IOException {
    Path work = Files.createTempDirectory(folder, type);
    Path file =
        Files.writeString(work.resolve(type + ".java"), "package " + bundle + ";\n" + source);
    String classPath =
        Stream.of("lib", "bundles")
            .flatMap(jars -> Product.jars(jars).stream())
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result =
        compiler.run(
            null,
            OutputStream.nullOutputStream(),
            null,
            "--release",
            "17",
            "-proc:none",
            "-classpath",
            classPath,
            "-d",
            work.toString(),
            file.toString());
    if (result != 0) {
      throw new IllegalStateException(type + " does not compile");
    }
    Path jar = folder.resolve(bundle + ".jar");
    String entry = bundle.replace('.', '/') + "/" + type + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(work.resolve(entry), out);
    }
    return jar;
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", bundle);
    attributes.putValue("Bundle-Version", "1.0.0");
    attributes.putValue("Import-Package", String.join(",", imports));
    attributes.putValue(
        "Provide-Capability",
        "gantry.component;class=\"%s.%s\";%s".formatted(bundle, type, capability));
    attributes.putValue(
        "Require-Capability", "osgi.extender;filter:=\"(osgi.extender=gantry.component)\"");
    return manifest;
  }

  /** Installs this plugin into a separate state and returns the product that uses it. */
  Product install(Path folder) {
    Product product =
        Product.packed().withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
    try {
      Product.CommandResult answer =
          product.run("plugins", "install", pack(folder).toString(), "--allow-unsigned", "--yes");
      if (answer.exitCode() != 0) {
        throw new IllegalStateException(answer.err());
      }
      return product;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
