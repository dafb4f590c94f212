package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.NetworkFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkLockTest {

  @TempDir private Path directory;

  private static ComposedRecipe startingFrom(NetworkFile... files) {
    return new ComposedRecipe(
        "",
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        "",
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(files),
        null);
  }

  private static NetworkFile critic(String file, String sha256) {
    return new NetworkFile("critic", Path.of(file), sha256);
  }

  @Test
  void filesThatHaveChangedAreNamed() throws IOException {
    Path lock = directory.resolve("plugins.lock.json");
    Files.write(lock, PluginLock.toJson(startingFrom(critic("critic.pt", "aa"))));

    assertEquals(List.of(), NetworkLock.differences(lock, startingFrom(critic("critic.pt", "aa"))));
    assertEquals(
        List.of("the critic is from critic.pt, whose SHA-256 was aa and is bb"),
        NetworkLock.differences(lock, startingFrom(critic("critic.pt", "bb"))));
  }

  @Test
  void networksThatTakeAnotherFileHaveNotChanged() throws IOException {
    Path lock = directory.resolve("plugins.lock.json");
    Files.write(lock, PluginLock.toJson(startingFrom(critic("critic.pt", "aa"))));

    assertEquals(List.of(), NetworkLock.differences(lock, startingFrom(critic("other.pt", "bb"))));
    assertEquals(List.of(), NetworkLock.differences(lock, startingFrom()));
  }
}
