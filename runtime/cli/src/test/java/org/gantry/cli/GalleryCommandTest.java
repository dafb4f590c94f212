package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry gallery} over runs of a tiny game. */
@TensorTest
class GalleryCommandTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void thePageShowsTheLatestPictureOfEachRunWithItsStepsTimeAndFigures() throws IOException {
    Path run = trained("first");
    assertEquals(0, stage.run("evaluate", run.toString()).exitCode());
    Path samples = Files.createDirectories(run.resolve("samples"));
    Files.write(samples.resolve("step-000004.png"), new byte[] {4});
    Files.write(samples.resolve("step-000008.png"), new byte[] {8});
    Path withoutPictures = trained("second").resolve("samples");
    Files.move(withoutPictures, folder.resolve("removed"));
    Path page = folder.resolve("shown.md");

    CommandFixture.CommandResult result =
        stage.run("gallery", folder.toString(), "-o", page.toString());

    assertEquals(0, result.exitCode(), result.err());
    String text = Files.readString(page);
    assertTrue(text.contains("\n## first\n"), text);
    assertTrue(text.contains("![Samples of first](shown/first.png)"), text);
    assertTrue(text.contains("\n8 of 8 steps in "), text);
    assertTrue(text.contains("spread/deviation 0.250."), text);
    assertFalse(text.contains("second"), text);
    assertArrayEquals(new byte[] {8}, Files.readAllBytes(folder.resolve("shown/first.png")));
  }

  @Test
  void aFolderWithoutPicturesIsRefusedBeforeAnythingIsWritten() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Path page = folder.resolve("shown.md");

    CommandFixture.CommandResult empty =
        stage.run("gallery", folder.resolve("empty").toString(), "-o", page.toString());
    CommandFixture.CommandResult missing =
        stage.run("gallery", folder.resolve("none").toString(), "-o", page.toString());
    CommandFixture.CommandResult otherEnding =
        stage.run("gallery", folder.toString(), "-o", folder.resolve("a.html").toString());

    assertEquals(2, empty.exitCode());
    assertTrue(empty.err().contains("has a picture"), empty.err());
    assertEquals(2, missing.exitCode());
    assertTrue(missing.err().contains("none is not a folder"), missing.err());
    assertEquals(2, otherEnding.exitCode());
    assertTrue(otherEnding.err().contains(".md"), otherEnding.err());
    assertFalse(Files.exists(page));
    assertFalse(Files.exists(folder.resolve("shown")));
  }

  private Path trained(String name) {
    Path run = folder.resolve(name);
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    return run;
  }
}
