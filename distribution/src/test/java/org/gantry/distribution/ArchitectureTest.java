package org.gantry.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.tensor.ComputeDevice;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

/** The dependency rules between modules, checked on the jars of the product. */
class ArchitectureTest {

  private static final String[] RUNTIME = {
    "org.gantry.charts..",
    "org.gantry.cli..",
    "org.gantry.components..",
    "org.gantry.drawing..",
    "org.gantry.embedded..",
    "org.gantry.experiments..",
    "org.gantry.host..",
    "org.gantry.launcher..",
    "org.gantry.maven..",
    "org.gantry.provisioning..",
    "org.gantry.recipes..",
    "org.gantry.runs..",
    "org.gantry.serving..",
    "org.gantry.spark..",
    "org.gantry.verification..",
    "org.gantry.workers.."
  };

  private static final String PLUGINS = "org.gantry.plugin..";

  /** A plugin may contain a library, whose packages it does not export. */
  private static final DescribedPredicate<JavaClass> ARE_GANTRYS = resideInAPackage("org.gantry..");

  @Test
  void coreDoesNotDependOnFrameworkRuntimeOrPlugins() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(RUNTIME)
                .or(
                    resideInAnyPackage(
                        "org.osgi.framework..", "org.osgi.util..", "com.google.inject..", PLUGINS)))
        .check(jars("bundles", "gantry-api"));
  }

  @Test
  void pluginsDependOnlyOnTheApiAndTensors() throws IOException, BundleException {
    List<String> allowed = new ArrayList<>(exportedPackages());
    allowed.addAll(
        List.of(
            "java..", "javax..", "ai.djl..", "jakarta.inject", "jakarta.validation.constraints"));
    List<Path> plugins = new ArrayList<>(Product.jars("plugins"));
    plugins.addAll(Product.jars("repository"));
    for (Path plugin : plugins) {
      JavaClasses own = importer(plugin);
      List<String> visible = new ArrayList<>(allowed);
      own.forEach(type -> visible.add(type.getPackageName()));
      classes()
          .that(ARE_GANTRYS)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(visible.toArray(String[]::new)).or(resideInAPackage("")))
          .check(own);
    }
  }

  @Test
  void pluginsHaveNoPublicTypes() {
    noClasses()
        .that(ARE_GANTRYS)
        .should()
        .bePublic()
        .allowEmptyShould(false)
        .check(jars("plugins", "gantry-plugin-"));
  }

  @Test
  void runtimeDoesNotDependOnPlugins() {
    noClasses()
        .that()
        .resideInAnyPackage(RUNTIME)
        .should()
        .dependOnClassesThat(resideInAPackage(PLUGINS))
        .check(productClasses());
  }

  @Test
  void onlyTheTensorLayerDependsOnTheEngineBehindDjl() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                "org.gantry.tensor..", "org.gantry.layers..", "org.gantry.launcher.."))
        .should()
        .dependOnClassesThat(resideInAPackage("ai.djl.pytorch.."))
        .check(productClasses());
  }

  /** A manager of the engine's default device would mix the devices of a training. */
  @Test
  void managersAreCreatedForAChosenDevice() {
    noClasses()
        .that(ARE_GANTRYS)
        .and(not(type(ComputeDevice.class)))
        // It checks the processor before there are bundles.
        .and(not(simpleName("ConvolutionCheck")))
        .should()
        .callMethodWhere(target(name("newBaseManager")))
        .check(productClasses());
  }

  @Test
  void bundlesAndLauncherShareOnlyTheHostPackagesAndTheTypesOfPrograms() {
    noClasses()
        .that(resideOutsideOfPackages("org.gantry.launcher.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.gantry.launcher.."))
        .check(productClasses());
    noClasses()
        .that()
        .resideInAnyPackage("org.gantry.launcher..", "org.gantry.host..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.gantry..")
                .and(
                    resideOutsideOfPackages(
                        "org.gantry.launcher..", "org.gantry.host..", "org.gantry.embedded..")))
        .check(productClasses());
  }

  @Test
  void hostPackagesDependOnlyOnTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.gantry.host..", "org.osgi.annotation.."))
        .check(jars("lib", "gantry-host"));
  }

  /** A program has this jar alone on its class path. */
  @Test
  void typesOfProgramsDependOnlyOnTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.gantry.embedded..", "org.osgi.annotation.."))
        .check(jars("lib", "gantry-embedded"));
  }

  @Test
  void packagesHaveNoImportCycles() {
    SlicesRuleDefinition.slices()
        .matching("org.gantry.(**)")
        .should()
        .beFreeOfCycles()
        .check(productClasses());
  }

  /** The page would otherwise go stale with every rename. */
  @Test
  void architecturePageNamesExistingFiles() throws IOException {
    Set<String> sources = sourceFiles();
    Matcher named =
        Pattern.compile("[\\w-]+\\.java")
            .matcher(
                Files.readString(Product.sources().resolve("distribution/docs/architecture.md")));
    Set<String> missing = new TreeSet<>();
    while (named.find()) {
      if (!sources.contains(named.group())) {
        missing.add(named.group());
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static Set<String> sourceFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Product.sources())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }

  /** Clocks are adjusted and differ between machines, so steps and numbers give the order. */
  @Test
  void nothingComparesWallClockTimes() {
    noClasses()
        .that(ARE_GANTRYS)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(FileTime.class, "compareTo", FileTime.class)
        .orShould()
        .callMethod(Instant.class, "compareTo", Instant.class)
        .orShould()
        .callMethod(Instant.class, "isBefore", Instant.class)
        .orShould()
        .callMethod(Instant.class, "isAfter", Instant.class)
        .check(productClasses());
  }

  private static List<String> exportedPackages() throws IOException, BundleException {
    try (JarFile api = new JarFile(jarsOf("bundles", "gantry-api").get(0).toFile())) {
      String header = api.getManifest().getMainAttributes().getValue("Export-Package");
      return Stream.of(org.eclipse.osgi.util.ManifestElement.parseHeader("Export-Package", header))
          .map(element -> element.getValue())
          .toList();
    }
  }

  private static JavaClasses productClasses() {
    return importer(
        Stream.of("lib", "bundles", "plugins")
            .flatMap(folder -> jarsOf(folder, "gantry-").stream())
            .toArray(Path[]::new));
  }

  private static JavaClasses jars(String folder, String prefix) {
    return importer(jarsOf(folder, prefix).toArray(Path[]::new));
  }

  private static List<Path> jarsOf(String folder, String prefix) {
    return Product.jars(folder).stream()
        .filter(jar -> jar.getFileName().toString().startsWith(prefix))
        .toList();
  }

  private static JavaClasses importer(Path... jars) {
    return new ClassFileImporter()
        .importJars(
            Stream.of(jars)
                .map(
                    jar -> {
                      try {
                        return new JarFile(jar.toFile());
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })
                .toList());
  }
}
