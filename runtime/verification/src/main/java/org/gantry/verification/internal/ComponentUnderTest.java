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
 * A component of the plugin that is verified.
 *
 * @param info the component as the manifest declares it
 * @param bundle the active bundle of the plugin
 * @param components creates it
 * @param recipes binds its options
 */
record ComponentUnderTest(
    ComponentInfo info, Bundle bundle, ComponentRegistry components, Recipes recipes) {

  private static final String OPTIONS = "options.yaml";

  /** Runs the checks of every component, then those of its kind. */
  void verify(CheckRunner checks) {
    String subject = info.kind() + "/" + info.name();
    checks.run(subject, "it has a valid name and a one-line summary", this::checkDescription);
    checks.run(subject, "each of its options is documented", this::checkOptions);
    Path folder = temporary();
    try {
      Optional<Path> sample = sample(folder);
      if (!checks.run(subject, "its default options are valid", () -> options(sample))) {
        return;
      }
      Optional<? extends Record> options = options(sample);
      ContractSubject tried =
          new ContractSubject(
              info.kind(),
              info.takes(),
              info.gives(),
              () -> components.create(info, Object.class, options));
      KindContracts.of(tried).forEach(check -> checks.run(subject, check));
    } finally {
      delete(folder);
    }
  }

  private void checkDescription() {
    if (!info.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new AssertionError("its name is not in lower case with words joined by hyphens");
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
        "the options %s have no @Description");
  }

  private Optional<? extends Record> options(Optional<Path> sample) {
    return recipes.bindOptions(info, sample);
  }

  /** Unpacks the folder with the sample options of the component, if the bundle has one. */
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
      throw new IllegalStateException("cannot unpack " + from, e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("gantry-sample-");
    } catch (IOException e) {
      throw new IllegalStateException("cannot create a temporary folder", e);
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
