package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * One host refuses many defective and malicious bundles, each with a message of its own, and stays
 * unchanged.
 */
class HostilePluginsTest {

  @TempDir Path folder;

  @Test
  void hostileJarsAreRefusedAndTheHostContinues() throws IOException {
    HostileCorpus corpus = HostileCorpus.create(folder);
    Map<Path, String> messages = corpus.messages();
    assertTrue(messages.size() >= 60, "there are " + messages.size());

    System.setProperty("gantry.plugin.start.limit", "1500");
    Path state = folder.resolve("state");
    List<Executable> checks = new ArrayList<>();
    try (LiveHost host = LiveHost.start(state)) {
      String before = host.runSuccessfully("plugins", "list");
      for (Map.Entry<Path, String> one : messages.entrySet()) {
        Product.CommandResult answer = host.install(one.getKey());
        checks.add(
            () -> {
              assertTrue(
                  answer.err().contains(one.getValue()),
                  "expected of " + one.getKey() + ": " + one.getValue() + "\n" + answer.err());
              assertFalse(answer.err().contains("this should not happen"), answer.err());
              assertTrue(answer.exitCode() == 1 || answer.exitCode() == 2, answer.err());
            });
      }
      checks.add(() -> assertEquals(before, host.runSuccessfully("plugins", "list")));
      assertAll(checks);
      Path good = corpus.plain().pack(folder.resolve("good.jar"));
      assertEquals(0, host.install(good).exitCode());
    } finally {
      System.clearProperty("gantry.plugin.start.limit");
    }
    try (LiveHost host = LiveHost.start(state)) {
      assertEquals(List.of(), host.gantry().problems());
    }
  }
}
