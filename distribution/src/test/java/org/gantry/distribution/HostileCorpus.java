package org.gantry.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jars that Gantry must refuse, each with the expected part of its message. */
final class HostileCorpus {

  static final String NAME = "org.acme.hostile";

  static final String IMPORTS =
      "org.gantry.component,org.gantry.graph,org.gantry.loss,org.osgi.framework";

  private final Path folder;
  private final Path classes;
  private final Map<Path, String> messages = new LinkedHashMap<>();
  private int count;

  private HostileCorpus(Path folder, Path classes) {
    this.folder = folder;
    this.classes = classes;
  }

  /** Writes all jars to a folder. */
  static HostileCorpus create(Path folder) throws IOException {
    HostileCorpus corpus =
        new HostileCorpus(folder, TestPluginJar.compile(folder, HostileBundles.sources()));
    new HostileFiles(corpus).addAll();
    new HostileBundles(corpus).addAll();
    return corpus;
  }

  /** The expected part of the message for each jar. */
  Map<Path, String> messages() {
    return messages;
  }

  Path folder() {
    return folder;
  }

  TestPluginJar named(String name) {
    return TestPluginJar.bundle(name, "1.0.0", classes);
  }

  TestPluginJar plain() {
    return loss("Plain", "acme");
  }

  TestPluginJar loss(String type, String name) {
    return TestPluginJar.withLoss(NAME, "1.0.0", classes, type, name);
  }

  void add(TestPluginJar jar, String message) {
    add(jar.pack(next()), message);
  }

  void add(Path jar, String message) {
    messages.put(jar, message);
  }

  Path next() {
    return folder.resolve("case-" + count++ + ".jar");
  }
}
