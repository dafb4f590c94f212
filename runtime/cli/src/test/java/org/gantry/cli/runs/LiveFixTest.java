package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFixTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "To add it, write --set regularizers[+]=NAME."
            + " | To add it, write 'gantry live runs/a add NAME'.",
        "Set the component first: --set loss=NAME. | Set the component first: set loss=NAME.",
        "Its default is 0.1. | Its default is 0.1.",
      })
  void fixesNameActionsOfTheLiveCommand(String fix, String live) {
    assertEquals(live, LiveCommand.liveFix(Path.of("runs/a"), fix));
  }
}
