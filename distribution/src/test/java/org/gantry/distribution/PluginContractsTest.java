package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.host.CommandInvocation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Every plugin of the product passes the contracts that third-party plugins must pass. */
class PluginContractsTest {

  private static Gantry gantry;

  @BeforeAll
  static void start() {
    gantry = Gantry.start(Product.home());
  }

  @AfterAll
  static void stop() {
    gantry.close();
  }

  @TestFactory
  Stream<DynamicNode> everyPluginPassesItsContracts() {
    List<Path> plugins = Product.jars("plugins");
    assertTrue(plugins.size() > 20, plugins.toString());
    return Stream.concat(plugins.stream(), Product.jars("repository").stream())
        .map(jar -> DynamicTest.dynamicTest(jar.getFileName().toString(), () -> runContracts(jar)));
  }

  private static void runContracts(Path jar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    gantry.run(
        new CommandInvocation(
            List.of("plugins", "test", jar.toString(), "--json"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> false));
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("{"), () -> text + err.toString(StandardCharsets.UTF_8));
    JsonNode report = new ObjectMapper().readTree(text);
    StringBuilder broken = new StringBuilder();
    StringBuilder skipped = new StringBuilder();
    for (JsonNode result : report.get("results")) {
      String line =
          "%n%s: %s: %s"
              .formatted(
                  result.get("subject").asText(),
                  result.get("promise").asText(),
                  result.get("reason").asText());
      switch (result.get("outcome").asText()) {
        case "broken" -> broken.append(line);
        case "skipped" -> skipped.append(line);
        default -> {}
      }
    }
    if (!broken.isEmpty()) {
      fail(broken.toString());
    }
    if (report.get("kept").asInt() < 15) {
      // A contract that ran too few checks proves nothing.
      throw new TestAbortedException(skipped.toString());
    }
  }
}
