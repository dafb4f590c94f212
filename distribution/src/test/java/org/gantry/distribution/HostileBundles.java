package org.gantry.distribution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jars with invalid manifests, requirements, activators and components. */
record HostileBundles(HostileCorpus corpus) {

  private static final String NAME = HostileCorpus.NAME;

  void addAll() {
    manifests();
    requirements();
    activators();
    components();
  }

  private void manifests() {
    corpus.add(
        corpus.plain().header("Bundle-SymbolicName", null),
        "is not a bundle: its manifest has no Bundle-SymbolicName");
    corpus.add(
        corpus.plain().header("Bundle-SymbolicName", "org acme"),
        "has the invalid symbolic name 'org acme'");
    corpus.add(
        corpus.plain().header("Bundle-SymbolicName", "../evil"),
        "has the invalid symbolic name '../evil'");
    for (String name : List.of("..", ".", "org..acme", ".acme", "acme.", "a".repeat(201))) {
      corpus.add(
          corpus.plain().header("Bundle-SymbolicName", name),
          "has the invalid symbolic name '" + name + "'");
    }
    for (String name :
        List.of("org.eclipse.osgi", "system.bundle", "org.gantry.cli", "Org.Gantry.API")) {
      corpus.add(
          corpus.plain().header("Bundle-SymbolicName", name),
          "has the name " + name + ", which belongs to a bundle of the host");
    }
    corpus.add(
        corpus.plain().header("Bundle-ManifestVersion", null),
        "its Bundle-ManifestVersion is not 2");
    corpus.add(
        corpus.plain().header("Bundle-ManifestVersion", "1"),
        "its Bundle-ManifestVersion is not 2");
    corpus.add(
        corpus.plain().header("Bundle-Version", "one.two"), "has the invalid version 'one.two'");
    corpus.add(
        corpus.plain().header("Fragment-Host", "org.gantry.api"),
        "is a fragment, which would become part of another bundle");
    corpus.add(
        corpus.plain().header("Fragment-Host", "system.bundle;extension:=framework"),
        "is a fragment, which would become part of another bundle");
    corpus.add(
        corpus.plain().header("Export-Package", "org.gantry.loss"),
        "exports the package org.gantry.loss");
    corpus.add(
        corpus.plain().header("Export-Package", "ai.djl.ndarray"),
        "exports the package ai.djl.ndarray");
    corpus.add(
        corpus.plain().header("Export-Package", "java.lang"), "exports the package java.lang");
    corpus.add(
        corpus.plain().header("Export-Package", "org.acme;;;="),
        "has a header Export-Package that cannot");
    corpus.add(corpus.plain().header("Require-Capability", null), "does not require the extender");
  }

  private void requirements() {
    corpus.add(
        imports("org.acme.missing"), "needs package org.acme.missing, which no bundle offers");
    corpus.add(
        imports("org.gantry.loss;version=\"[7,8)\""),
        "needs package org.gantry.loss of version 7.0.0 or later, but below 8.0.0; there is"
            + " version");
    corpus.add(
        imports("org.gantry.loss;version=\"[0.1,0.2)\""), "but below 0.2.0; there is version");
    corpus.add(
        imports("ai.djl.ndarray;version=\"[0.99,1)\""), "needs package ai.djl.ndarray of version");
    corpus.add(
        imports("org.gantry.components.internal"),
        "needs package org.gantry.components.internal, which no bundle offers");
    corpus.add(
        corpus.plain().header("Require-Bundle", "org.acme.gone"), "needs bundle org.acme.gone");
    corpus.add(
        corpus.plain().header("Require-Bundle", "system.bundle;bundle-version=99"),
        "needs bundle system.bundle");
    corpus.add(
        requires("acme.magic;filter:=\"(acme.magic=7)\""), "needs acme.magic 7".substring(0, 16));
    corpus.add(
        requires("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""), "needs the platform");
    corpus.add(
        requires("osgi.extender;filter:=\"(&(osgi.extender=gantry.component)(version>=2.0.0))\""),
        "needs a host for gantry.component of version 2.0.0 or later");
    corpus.add(
        corpus
            .named("org.acme.ring")
            .capability("acme.ring;acme.ring=first")
            .header("Require-Capability", "acme.ring;filter:=\"(acme.ring=second)\""),
        "needs acme.ring second");
    corpus.add(
        corpus.plain().header("Bundle-NativeCode", "none.so;osname=plan9;processor=pdp11"),
        "does not work");
  }

  private TestPluginJar imports(String clause) {
    return corpus
        .plain()
        .header("Import-Package", "org.gantry.component,org.gantry.graph," + clause);
  }

  private TestPluginJar requires(String clause) {
    return corpus
        .plain()
        .header(
            "Require-Capability",
            clause.contains("gantry.component")
                ? clause
                : "osgi.extender;filter:=\"(osgi.extender=gantry.component)\"," + clause);
  }

  private void activators() {
    corpus.add(
        corpus.plain().header("Bundle-Activator", "org.acme.Gone"),
        "names the activator org.acme.Gone, which is not in the jar");
    corpus.add(starts("StartThrows"), "does not start: IllegalStateException: the moon is full");
    corpus.add(starts("StartErrs"), "does not start: StackOverflowError: deep");
    corpus.add(starts("StartStatic"), "does not start: IllegalStateException: the moon is full");
    corpus.add(starts("StartHangs"), "does not start: it did not end within 1500 milliseconds");
    corpus.add(starts("Plain"), "does not start: ClassCastException");
  }

  private TestPluginJar starts(String type) {
    return corpus
        .plain()
        .type(type)
        .header("Import-Package", HostileCorpus.IMPORTS)
        .header("Bundle-Activator", TestPluginJar.className(type));
  }

  private void components() {
    corpus.add(corpus.named(NAME).component("loss", "acme", "Gone"), "which is not in the jar");
    corpus.add(
        corpus
            .named(NAME)
            .type("Plain")
            .capability("gantry.component;gantry.component=acme;kind=loss"),
        "declares a component without class");
    corpus.add(
        corpus
            .named(NAME)
            .type("Plain")
            .capability("gantry.component;gantry.component=acme;class=x"),
        "declares a component without kind");
    corpus.add(
        corpus.named(NAME).type("Plain").capability("gantry.component;kind=loss;class=x"),
        "declares a component without name");
    corpus.add(
        corpus.plain().component("loss", "acme", "Plain"),
        "declares the component loss/acme twice");
    corpus.add(
        corpus.loss("Plain", "other"), "its manifest declares name other, but the annotation of");
    corpus.add(
        corpus.named(NAME).type("Plain").component("prior", "acme", "Plain"),
        "its manifest declares kind prior, but the annotation of");
    corpus.add(
        corpus
            .named(NAME)
            .type("Plain")
            .capability(
                "gantry.component;gantry.component=acme;kind=loss;version:Version=\"2.0.0\";"
                    + "summary=\"Nothing.\";paper=\"\";class=\"org.acme.parts.Plain\""),
        "its manifest declares version 2.0.0, but the annotation of");
    corpus.add(
        corpus.plain().component("loss", "../acme", "Plain"),
        "declares a component with the invalid name '../acme'");
    corpus.add(corpus.loss("Unmarked", "acme"), "is not annotated with @Component");
    corpus.add(corpus.loss("Throwing", "acme"), "the moon is full");
    corpus.add(corpus.loss("Static", "acme"), "the moon is full");
    corpus.add(corpus.loss("Optional", "acme"), "the moon is full");
    corpus.add(corpus.loss("Hanging", "acme"), "it did not end within 1500 milliseconds");
    corpus.add(corpus.loss("Unfit", "acme"), "Options is not a record");
    corpus.add(
        corpus.loss("Demanding", "acme"),
        "loss/acme 1.0.0 of bundle " + NAME + " 1.0.0 does not work");
    corpus.add(
        corpus.loss("Abstract", "acme"),
        "loss/acme 1.0.0 of bundle " + NAME + " 1.0.0 does not work");
    corpus.add(corpus.loss("Derived", "acme"), "cannot be linked: org/acme/parts/Base");
    corpus.add(
        corpus
            .named(NAME)
            .entry("org/acme/parts/Garbage.class", garbage())
            .component("loss", "acme", "Garbage"),
        "cannot be linked");
    corpus.add(
        corpus.plain().header("Bundle-ClassPath", "lib/none.jar"), "the bundle has no class");
  }

  private static byte[] garbage() {
    byte[] garbage = new byte[200];
    byte[] head = {-54, -2, -70, -66, 0, 0, 0, 61};
    System.arraycopy(head, 0, garbage, 0, head.length);
    return garbage;
  }

  static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("Plain", TestPluginJar.loss("Plain", "acme", ""));
    sources.put("Throwing", TestPluginJar.loss("Throwing", "acme", "{ fail(); }\n" + FAIL));
    sources.put(
        "Static", TestPluginJar.loss("Static", "acme", "static final int X = fail();\n" + FAIL));
    sources.put(
        "Hanging",
        TestPluginJar.loss(
            "Hanging",
            "acme",
            "{ while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); } }"));
    sources.put(
        "Optional",
        TestPluginJar.loss(
            "Optional", "acme", "record Options(int x) {}\nstatic final int X = fail();\n" + FAIL));
    sources.put("Unfit", TestPluginJar.loss("Unfit", "acme", "static final class Options {}"));
    sources.put("Demanding", TestPluginJar.loss("Demanding", "acme", "Demanding(Runnable r) {}"));
    sources.put(
        "Abstract", TestPluginJar.loss("Abstract", "acme", "").replace("final", "abstract"));
    sources.put("Base", "public class Base {}");
    sources.put(
        "Derived",
        TestPluginJar.loss("Derived", "acme", "").replace("Derived", "Derived extends Base"));
    sources.put("Unmarked", "public final class Unmarked {}");
    sources.put("StartThrows", activator("throw new IllegalStateException(\"the moon is full\");"));
    sources.put(
        "StartHangs",
        activator("while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }"));
    sources.put("StartErrs", activator("throw new StackOverflowError(\"deep\");"));
    sources.put(
        "StartStatic",
        activator("")
            .replace(
                "public void stop", "static final int X = fail();\n" + FAIL + "public void stop"));
    sources.replaceAll(
        (type, source) -> type.startsWith("Start") ? source.replace("TYPE", type) : source);
    return sources;
  }

  private static final String FAIL =
      """
      static int fail() {
        if (System.nanoTime() != 0) {
          throw new IllegalStateException("the moon is full");
        }
        return 1;
      }
      """;

  private static String activator(String body) {
    return """
    import org.osgi.framework.BundleActivator;
    import org.osgi.framework.BundleContext;

    public final class TYPE implements BundleActivator {
      public void start(BundleContext context) {
        %s
      }
      public void stop(BundleContext context) {}
    }
    """
        .formatted(body);
  }
}
