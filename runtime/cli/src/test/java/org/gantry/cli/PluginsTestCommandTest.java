package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.verification.VerificationReport;
import org.gantry.verification.VerificationReport.CheckOutcome;
import org.gantry.verification.VerificationReport.CheckResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of {@code plugins test}. */
class PluginsTestCommandTest {

  private static final CheckResult KEPT =
      new CheckResult("bundle", "it is small", CheckOutcome.KEPT, "");
  private static final CheckResult BROKEN =
      new CheckResult("loss/hinge", "it is finite", CheckOutcome.BROKEN, "it is Infinity");
  private static final CheckResult SKIPPED =
      new CheckResult("loss/hinge", "it is smooth", CheckOutcome.SKIPPED, "it is not a ScoreLoss");

  @TempDir Path folder;
  private String jar;

  @BeforeEach
  void writeJar() throws IOException {
    jar = Files.createFile(folder.resolve("acme.jar")).toString();
  }

  @Test
  void passedChecksAreListedAndExitWithZero() {
    CommandFixture.CommandResult answer =
        new CommandFixture()
            .finds(new VerificationReport("acme 1.0.0", List.of(KEPT)))
            .run("plugins", "test", jar);
    assertEquals(
        new CommandFixture.CommandResult(
            0,
            """
            acme 1.0.0
            bundle
              ok       it is small
            1 checks passed, 0 failed, 0 skipped
            """,
            ""),
        answer);
  }

  @Test
  void aFailedCheckIsReportedWithItsReason() {
    CommandFixture.CommandResult answer =
        new CommandFixture()
            .finds(new VerificationReport("acme 1.0.0", List.of(KEPT, BROKEN, SKIPPED)))
            .run("plugins", "test", jar);
    assertEquals(
        new CommandFixture.CommandResult(
            1,
            """
            acme 1.0.0
            bundle
              ok       it is small
            loss/hinge
              broken   it is finite
                       it is Infinity
              skipped  it is smooth
                       it is not a ScoreLoss
            1 checks passed, 1 failed, 1 skipped
            """,
            ""),
        answer);
  }

  @Test
  void theReportCanBeJson() throws IOException {
    CommandFixture.CommandResult answer =
        new CommandFixture()
            .finds(new VerificationReport("acme 1.0.0", List.of(BROKEN)))
            .run("plugins", "test", jar, "--json");
    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertEquals(1, answer.exitCode());
    assertEquals("broken", json.get("results").get(0).get("outcome").asText());
    assertEquals("it is Infinity", json.get("results").get(0).get("reason").asText());
  }

  @Test
  void aMissingJarIsInvalidInput() {
    CommandFixture.CommandResult answer =
        new CommandFixture().run("plugins", "test", folder + "/none.jar");
    assertEquals(2, answer.exitCode());
    assertTrue(
        answer.err().startsWith("error: " + folder + "/none.jar does not exist\n"), answer.err());
  }
}
