package org.gantry.components.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.gantry.components.ComponentInfo;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class ComponentRegistryTest {

  @TempDir Path folder;
  private TestFramework host;

  @BeforeEach
  void start() throws BundleException {
    host = TestFramework.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void componentsAreReadFromTheManifest() throws BundleException {
    host.add(PluginJarBuilder.hello("acme").in(folder));

    assertEquals(
        List.of(
            new ComponentInfo(
                "greeting",
                "hello",
                "1.2.0",
                "Says hello.",
                "arXiv:1",
                List.of("name", "hour"),
                List.of("text"),
                "acme",
                "3.4.5",
                PluginJarBuilder.PACKAGE + ".Greeting")),
        host.components().all());
  }

  @Test
  void listingLoadsNoClass() throws BundleException {
    host.add(
        new PluginJarBuilder("acme").declaringOnly("Missing", PluginJarBuilder.HELLO).in(folder));

    assertEquals("acme/hello", host.component("hello").qualifiedName());
  }

  @Test
  void kindsThatABundleAddsAreListedWithTheirInterfaceAndJar() throws Exception {
    Path jar =
        new PluginJarBuilder("acme").kind("Salutation", "salutation", "begins a letter").in(folder);
    Bundle bundle = host.add(jar);
    KindDeclaration kind =
        new KindDeclaration(
            "salutation",
            "begins a letter",
            PluginJarBuilder.PACKAGE + ".Salutation",
            "acme",
            "3.4.5");

    assertEquals(List.of(kind), host.components().addedKinds());
    assertEquals(kind.type(), host.components().kindType(kind).getName());
    assertArrayEquals(Files.readAllBytes(jar), host.components().jarContent(kind));
    bundle.stop();
    assertEquals(List.of(), host.components().addedKinds());
  }

  @Test
  void startedAndStoppedBundlesTakeEffectAtOnce() throws BundleException {
    Bundle bundle = host.install(PluginJarBuilder.hello("acme").in(folder));
    assertEquals(List.of(), host.components().all());
    bundle.start();
    assertEquals(1, host.components().all().size());
    bundle.stop();
    assertEquals(List.of(), host.components().all());
    bundle.start();
    assertEquals(1, host.components().all().size());
    bundle.uninstall();
    assertEquals(List.of(), host.components().all());
  }

  @Test
  void bundlesThatStartedBeforeTheExtenderAreListed() throws BundleException {
    Bundle plugin = host.add(PluginJarBuilder.hello("acme").in(folder));
    Bundle extender =
        List.of(plugin.getBundleContext().getBundles()).stream()
            .filter(bundle -> bundle.getSymbolicName().equals("org.gantry.components"))
            .findFirst()
            .orElseThrow();
    extender.stop();
    extender.start();

    assertEquals(1, host.components().all().size());
  }

  @Test
  void bundlesThatDoNotRequireTheExtenderAreIgnored() throws BundleException {
    host.add(PluginJarBuilder.hello("acme").withoutRequirement().in(folder));

    assertEquals(List.of(), host.components().all());
  }

  @Test
  void lazilyActivatedBundlesAreListedBeforeActivation() throws BundleException {
    Bundle bundle = host.install(PluginJarBuilder.hello("acme").lazy().in(folder));
    bundle.start(Bundle.START_ACTIVATION_POLICY);

    assertEquals(1, host.components().all().size());
    assertEquals(Bundle.STARTING, bundle.getState());
    assertTrue(host.components().optionsType(host.component("hello")).isPresent());
    assertEquals(Bundle.ACTIVE, bundle.getState());
    assertEquals(1, host.components().all().size());
  }

  @Test
  void componentsWithoutAVersionHaveTheBundlesVersion() throws BundleException {
    host.add(
        new PluginJarBuilder("acme").unversioned("Silence", "silence", "Says nothing.").in(folder));

    assertEquals("3.4.5", host.component("silence").version());
    assertTrue(host.components().optionsType(host.component("silence")).isEmpty());
  }

  @Test
  void jarsHaveTheirHash() throws Exception {
    Path jar = PluginJarBuilder.hello("acme").in(folder);
    host.add(jar);

    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    assertEquals(
        new PluginJar("acme", "3.4.5", HexFormat.of().formatHex(hash)),
        host.components().jar(host.component("hello")));
  }

  @Test
  void componentsOfTheSameNameAreBothListed() throws BundleException {
    host.add(PluginJarBuilder.hello("beta").in(folder));
    host.add(PluginJarBuilder.hello("acme").in(folder));

    assertEquals(
        List.of("acme/hello", "beta/hello"),
        host.components().all().stream().map(ComponentInfo::qualifiedName).toList());
  }

  @Test
  void componentsAreOrderedByName() throws BundleException {
    host.add(
        new PluginJarBuilder("acme")
            .simple("Silence", "silence", "Says nothing.")
            .declaring("Greeting", PluginJarBuilder.HELLO)
            .with("Greeting$Options")
            .in(folder));

    List<String> names = host.components().all().stream().map(ComponentInfo::name).toList();
    assertEquals(List.of("hello", "silence"), names);
    assertTrue(host.component("silence").paper().isEmpty());
  }
}
