package org.gantry.components.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class ComponentFactoryTest {

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
  void componentsReceiveTheirOptions() throws Exception {
    host.add(PluginJarBuilder.hello("acme").in(folder));
    ComponentInfo hello = host.component("hello");
    Class<? extends Record> type = host.components().optionsType(hello).orElseThrow();
    var constructor = type.getDeclaredConstructor(String.class, int.class);
    constructor.setAccessible(true);

    Supplier<?> greeting =
        host.components()
            .create(hello, Supplier.class, Optional.of(constructor.newInstance("ho", 3)));

    assertEquals("hohoho", greeting.get());
  }

  @Test
  void everyCreationReturnsANewInstance() throws BundleException {
    host.add(silence());
    assertNotSame(create("silence"), create("silence"));
  }

  @Test
  void constructorsRunWithTheirBundlesContextClassLoader() throws BundleException {
    host.add(silence());
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    Supplier<?> silence = create("silence");

    assertSame(silence.getClass().getClassLoader(), silence.get());
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }

  @Test
  void throwingConstructorsAreReportedAndTheThreadIsRestored() throws BundleException {
    host.add(new PluginJarBuilder("acme").simple("Failing", "failing", "Fails.").in(folder));
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    ComponentException failure = failureOf("failing");

    assertEquals(
        "greeting/failing 3.4.5 of bundle acme 3.4.5 does not work: no voice today",
        failure.getMessage());
    assertInstanceOf(UnsupportedOperationException.class, failure.getCause());
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }

  @Test
  void manifestsThatDisagreeWithTheAnnotationAreReported() throws BundleException {
    host.add(
        new PluginJarBuilder("acme")
            .declaring("Greeting", PluginJarBuilder.HELLO.replace("1.2.0", "1.3.0"))
            .with("Greeting$Options")
            .in(folder));

    assertEquals(
        "greeting/hello 1.3.0 of bundle acme 3.4.5 does not work: its manifest declares version"
            + " 1.3.0, but the annotation of org.gantry.components.sample.Greeting declares"
            + " 1.2.0; rebuild the bundle",
        failureOf("hello").getMessage());
  }

  @Test
  void missingClassesAreReported() throws BundleException {
    host.add(
        new PluginJarBuilder("acme").declaringOnly("Missing", PluginJarBuilder.HELLO).in(folder));

    assertEquals(
        "greeting/hello 1.2.0 of bundle acme 3.4.5 does not work: the bundle has no class"
            + " org.gantry.components.sample.Missing",
        failureOf("hello").getMessage());
  }

  @Test
  void classesWithoutAnnotationAreReported() throws BundleException {
    host.add(new PluginJarBuilder("acme").simple("Plain", "plain", "").in(folder));

    assertEquals(
        "greeting/plain 3.4.5 of bundle acme 3.4.5 does not work:"
            + " org.gantry.components.sample.Plain is not annotated with @Component",
        failureOf("plain").getMessage());
  }

  @Test
  void missingOptionsClassesAreReported() throws BundleException {
    host.add(new PluginJarBuilder("acme").declaring("Greeting", PluginJarBuilder.HELLO).in(folder));

    ComponentException failure = failureOf("hello");

    assertEquals(
        "greeting/hello 1.2.0 of bundle acme 3.4.5 does not work:"
            + " org.gantry.components.sample.Greeting cannot be linked:"
            + " org/gantry/components/sample/Greeting$Options",
        failure.getMessage());
    assertInstanceOf(NoClassDefFoundError.class, failure.getCause());
  }

  @Test
  void componentsThatDoNotImplementTheirKindAreReported() throws BundleException {
    host.add(silence());

    assertEquals(
        "greeting/silence 3.4.5 of bundle acme 3.4.5 does not work:"
            + " org.gantry.components.sample.Silence does not implement java.lang.Runnable",
        assertThrows(
                ComponentException.class,
                () ->
                    host.components()
                        .create(host.component("silence"), Runnable.class, Optional.empty()))
            .getMessage());
  }

  @Test
  void constructorsWithOtherParametersAreReported() throws BundleException {
    host.add(
        new PluginJarBuilder("acme")
            .simple("Demanding", "demanding", "Wants a builder.")
            .in(folder));

    String message = failureOf("demanding").getMessage();

    assertEquals(
        "greeting/demanding 3.4.5 of bundle acme 3.4.5 does not work: its constructor wants"
            + " java.lang.StringBuilder; a constructor can take only the component's options, a"
            + " record called Options that is nested in the class",
        message);
  }

  @Test
  void optionsOfOtherTypesAreReported() throws BundleException {
    host.add(
        new PluginJarBuilder("acme")
            .simple("Unbound", "unbound", "Has options of odd types.")
            .with("Unbound$Options")
            .with("Unbound$Kernel")
            .in(folder));

    assertEquals(
        "greeting/unbound 3.4.5 of bundle acme 3.4.5 does not work: the option 'weights' is wrong:"
            + " the type float[] cannot be used; use int, long, double, boolean, String,"
            + " java.nio.file.Path, an enum, a record, the interface of a kind of component, or a"
            + " List of one of these",
        assertThrows(
                ComponentException.class,
                () -> host.components().optionsType(host.component("unbound")))
            .getMessage());
  }

  @Test
  void optionsThatAreNotARecordAreReported() throws BundleException {
    host.add(
        new PluginJarBuilder("acme")
            .simple("Loose", "loose", "Has loose options.")
            .with("Loose$Options")
            .in(folder));

    assertEquals(
        "greeting/loose 3.4.5 of bundle acme 3.4.5 does not work:"
            + " org.gantry.components.sample.Loose$Options is not a record",
        failureOf("loose").getMessage());
  }

  @Test
  void missingOptionsAreReported() throws BundleException {
    host.add(PluginJarBuilder.hello("acme").in(folder));

    assertEquals(
        "greeting/hello 1.2.0 of bundle acme 3.4.5 does not work: its options must be"
            + " org.gantry.components.sample.Greeting$Options, not none",
        failureOf("hello").getMessage());
  }

  @Test
  void componentsOfStoppedBundlesAreReported() throws BundleException {
    Bundle bundle = host.add(silence());
    ComponentInfo silence = host.component("silence");
    bundle.uninstall();

    assertEquals(
        "greeting/silence 3.4.5 of bundle acme 3.4.5 is not available any more: its bundle was"
            + " stopped",
        assertThrows(
                ComponentException.class,
                () -> host.components().create(silence, Supplier.class, Optional.empty()))
            .getMessage());
  }

  private Path silence() {
    return new PluginJarBuilder("acme").simple("Silence", "silence", "Says nothing.").in(folder);
  }

  private Supplier<?> create(String name) {
    return host.components().create(host.component(name), Supplier.class, Optional.empty());
  }

  private ComponentException failureOf(String name) {
    return assertThrows(ComponentException.class, () -> create(name));
  }
}
