package org.gantry.verification.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.testkit.contract.ContractSubject;
import org.gantry.testkit.contract.KindContracts;
import org.osgi.framework.Bundle;

/**
 * One component of a plugin.
 *
 * @param info what the manifest says of it
 * @param bundle the plugin, active
 * @param components creates it
 * @param recipes binds its options
 */
record ComponentUnderTest(
    ComponentInfo info, Bundle bundle, ComponentRegistry components, Recipes recipes) {

  private static final String OPTIONS = "options.yaml";

  /** Tries what every component promises, and what those of its kind do. */
  void verify(CheckRunner trials) {
    String subject = info.kind() + "/" + info.name();
    trials.run(subject, "it has a name and a summary as others do", this::checkDescription);
    trials.run(subject, "each of its options is explained", this::checkOptions);
    Path folder = temporary();
    try {
      Optional<Path> sample = sample(folder);
      if (!trials.run(subject, "its default options are valid", () -> options(sample))) {
        return;
      }
      Optional<? extends Record> options = options(sample);
      ContractSubject tried =
          new ContractSubject(
              info.kind(),
              info.takes(),
              info.gives(),
              () -> components.create(info, Object.class, options));
      KindContracts.of(tried).forEach(check -> trials.run(subject, check));
    } finally {
      delete(folder);
    }
  }

  private void checkDescription() {
    if (!info.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new AssertionError("the name is not lower case, with words joined by hyphens");
    }
    if (info.summary().isBlank() || info.summary().contains("\n")) {
      throw new AssertionError("its summary is not one line of text");
    }
  }

  private void checkOptions() {
    CheckRunner.requireEmpty(
        recipes.options(info).stream()
            .filter(o -> o.doc().isBlank())
            .map(OptionInfo::name)
            .toList(),
        "there is no @Description on the options %s");
  }

  private Optional<? extends Record> options(Optional<Path> sample) {
    return recipes.bindOptions(info, sample);
  }

  /** Unpacks the sample options that the bundle has for the component, with what lies beside. */
  private Optional<Path> sample(Path folder) {
    String root = "/samples/" + info.kind() + "/" + info.name() + "/";
    var entries = bundle.findEntries(root, "*", true);
    List<URL> files = entries == null ? List.of() : Collections.list(entries);
    for (URL file : files) {
      if (!file.getPath().endsWith("/")) {
        unpack(file, folder.resolve(file.getPath().substring(root.length())));
      }
    }
    Path options = folder.resolve(OPTIONS);
    return Files.exists(options) ? Optional.of(options) : Optional.empty();
  }

  private static void unpack(URL from, Path to) {
    try (InputStream in = from.openStream()) {
      Files.createDirectories(to.getParent());
      Files.copy(in, to);
    } catch (IOException e) {
      throw new IllegalStateException("unpacking " + from, e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("gantry-sample-");
    } catch (IOException e) {
      throw new IllegalStateException("no temporary folder can be created", e);
    }
  }

  private static void delete(Path folder) {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      // The system cleans its temporary files up.
      return;
    }
  }
}
