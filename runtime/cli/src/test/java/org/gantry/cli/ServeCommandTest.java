package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.cli.CommandFixture.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gantry serve} refuses before it opens a model. */
class ServeCommandTest {

  @TempDir Path folder;

  private void assertRefused(String message, String fix, String... arguments) {
    List<String> words = new ArrayList<>(List.of("serve"));
    words.addAll(List.of(arguments));
    CommandResult refused = new CommandFixture().run(words.toArray(String[]::new));
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertTrue(refused.err().contains(fix), refused.err());
  }

  private String module(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "").toString();
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() throws IOException {
    String module = module("digits.pt");

    assertRefused("--port 70000: expected a number from 0 to 65535", "", module, "--port", "70000");
    assertRefused("--queue 0: expected at least 1", "", module, "--queue", "0");
    assertRefused("--max-samples -1: expected at least 1", "", module, "--max-samples", "-1");
    assertRefused("--max-pixels 0: expected at least 1", "", module, "--max-pixels", "0");
    assertRefused("--reload-every 0: expected at least 1", "", module, "--reload-every", "0");
  }

  @Test
  void modelsNeedDistinctNames() throws IOException {
    Files.createDirectory(folder.resolve("more"));

    assertRefused(
        "would both be the model 'digits'",
        "rename one of them",
        module("digits.pt"),
        module("more/digits.pt"));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertRefused(
        "expected the folder of a run, or a .pt file", "gantry export", module("digits.onnx"));
  }

  @Test
  void addressThatOtherMachinesReachNeedsAToken() throws IOException {
    String module = module("digits.pt");

    assertRefused("requests need a token", "--token-file", module, "--host", "0.0.0.0");
    assertRefused(
        "no-such-host.invalid: this machine does not know the name",
        "127.0.0.1",
        module,
        "--host",
        "no-such-host.invalid");
    String token = Files.writeString(folder.resolve("token.txt"), "secret\n").toString();
    assertRefused("expected one line of at least 16", "openssl", module, "--token-file", token);
    assertRefused("there is no", "", module, "--token-file", folder.resolve("none").toString());
  }
}
