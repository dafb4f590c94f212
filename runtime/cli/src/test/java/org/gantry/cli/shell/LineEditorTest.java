package org.gantry.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.CommandDispatcher;
import org.gantry.cli.CommandFixture;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys pressed at a terminal, and the resulting lines. */
class LineEditorTest {

  private static final String UP = "\u001bOA";
  private static final String END = "\u0004";

  @TempDir Path folder;

  private List<String> lines(String keys) throws IOException {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true);
    CommandFixture stage = new CommandFixture();
    TabCompletion suggestions =
        new TabCompletion(
            new CommandDispatcher(stage, invocation -> TerminalInfo.NONE, "1.2.3")
                .commandLine(new Console(nowhere, nowhere, TerminalInfo.NONE, () -> false)),
            stage);
    List<String> lines = new ArrayList<>();
    try (LineEditor editor =
        LineEditor.on(
            new ExternalTerminal(
                "test",
                "xterm",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                StandardCharsets.UTF_8),
            folder.resolve("history"),
            false,
            suggestions)) {
      for (Optional<String> line = editor.nextLine(); line.isPresent(); line = editor.nextLine()) {
        lines.add(line.get());
      }
    }
    return lines;
  }

  @Test
  void tabCompletesCommandsComponentsPluginsAndRecipes() throws IOException {
    assertEquals(
        List.of("components ", "describe loss/hinge ", "plugins remove acme ", "validate tiny "),
        lines(
            "compon\t\r"
                + "describe loss/hin\t\r"
                + "plugins remove ac\t\r"
                + "validate ti\t\r"
                + END));
  }

  @Test
  void historyIsKeptForTheNextShell() throws IOException {
    assertEquals(List.of("recipes", "recipes"), lines("recipes\r" + UP + "\r" + END));
    assertEquals(List.of("recipes"), lines(UP + "\r" + END));
  }
}
