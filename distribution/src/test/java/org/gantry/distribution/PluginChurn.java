package org.gantry.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Changes plugins until it is killed. Before each change it prints the installed version and the
 * version after the change: {@code from OLD to NEW}.
 */
final class PluginChurn {

  /** The word for a state without the plugin. */
  static final String NOTHING = "nothing";

  private PluginChurn() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the state folder, the seed, and two jars, whose names end in their versions
   */
  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    Random random = new Random(Long.parseLong(arguments[1]));
    List<String> jars = List.of(arguments[2], arguments[3]);
    try (LiveHost host = LiveHost.start(state)) {
      while (true) {
        int what = random.nextInt(4);
        if (what < 2) {
          announce(state, jars.get(what).replaceAll(".*-|\\.jar$", ""));
          host.run("plugins", "install", jars.get(what), "--allow-unsigned", "--yes");
        } else if (what == 2) {
          announce(state, version(state, generation(state, current(state)).path("parent").asInt()));
          host.run("plugins", "rollback", "--yes");
        } else {
          announce(state, NOTHING);
          host.run("plugins", "remove", "losses", "--yes");
        }
      }
    }
  }

  private static void announce(Path state, String after) throws IOException {
    System.out.println("from " + installed(state) + " to " + after);
  }

  /** Returns the version in the current lock file. */
  static String installed(Path state) throws IOException {
    return version(state, current(state));
  }

  private static String version(Path state, int generation) throws IOException {
    return generation(state, generation).path("plugins").path(0).path("version").asText(NOTHING);
  }

  private static int current(Path state) throws IOException {
    Path pointer = state.resolve("current");
    return Files.exists(pointer) ? Integer.parseInt(Files.readString(pointer).strip()) : 0;
  }

  private static JsonNode generation(Path state, int number) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path lock = state.resolve("generations").resolve(number + "/plugins.lock.json");
    // The initial generation has no file, and old generations are deleted.
    return Files.exists(lock) ? mapper.readTree(lock.toFile()) : mapper.createObjectNode();
  }
}
