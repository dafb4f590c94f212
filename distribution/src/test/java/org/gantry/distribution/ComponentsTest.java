package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.eclipse.osgi.util.ManifestElement;
import org.gantry.host.CommandInvocation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class ComponentsTest {

  @Test
  void everyComponentOfEveryPluginIsListed() {
    Product.CommandResult answer = Product.packed().run("components");

    assertEquals("", answer.err());
    assertEquals(0, answer.exitCode());
    for (Path plugin : Product.jars("plugins")) {
      List<ManifestElement> declared = components(plugin);
      assertFalse(declared.isEmpty(), plugin + " declares no component");
      for (ManifestElement component : declared) {
        String name = component.getAttribute("gantry.component");
        assertTrue(
            answer.out().lines().anyMatch(line -> List.of(line.split("\\s+")).contains(name)),
            component.getAttribute("kind") + "/" + name + " of " + plugin + " is not listed");
      }
    }
  }

  private static List<ManifestElement> components(Path plugin) {
    try (JarFile file = new JarFile(plugin.toFile())) {
      String header = file.getManifest().getMainAttributes().getValue("Provide-Capability");
      return Stream.of(ManifestElement.parseHeader("Provide-Capability", header))
          .filter(element -> element.getValue().equals("gantry.component"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BundleException e) {
      throw new IllegalStateException(plugin.toString(), e);
    }
  }

  @Test
  void installedAndRemovedBundlesTakeEffectWhileGantryRuns(@TempDir Path folder)
      throws IOException, BundleException {
    Path jar = plugin(folder.resolve("acme.jar"));
    try (Gantry gantry = Gantry.start(Product.home())) {
      assertFalse(list(gantry).contains("acme-loss"));
      Bundle bundle = gantry.add(jar);
      assertTrue(list(gantry).contains("acme-loss"));
      bundle.uninstall();
      assertFalse(list(gantry).contains("acme-loss"));
    }
  }

  private static String list(Gantry gantry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(
        0, gantry.run(new CommandInvocation(List.of("components"), stream, stream, () -> false)));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Writes a plugin without a class; a manifest is enough to be listed. */
  private static Path plugin(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "com.acme.loss");
    main.putValue("Bundle-Version", "2.0.0");
    main.putValue(
        "Require-Capability", "osgi.extender;filter:=\"(osgi.extender=gantry.component)\"");
    main.putValue(
        "Provide-Capability",
        "gantry.component;gantry.component=acme-loss;kind=loss;version:Version=\"1.0.0\";"
            + "summary=\"Loses.\";class=\"com.acme.loss.Loss\"");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
