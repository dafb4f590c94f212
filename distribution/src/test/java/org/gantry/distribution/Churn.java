package org.gantry.distribution;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Changes plugins over and over until it is killed. */
final class Churn {

  static final String READY = "ready";

  private Churn() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the state folder, the seed, and the jars of two versions
   */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    List<String> jars = List.of(arguments[2], arguments[3]);
    try (LiveHost host = LiveHost.start(Path.of(arguments[0]))) {
      System.out.println(READY);
      while (true) {
        int what = random.nextInt(4);
        if (what < 2) {
          host.run("plugins", "install", jars.get(what), "--allow-unsigned", "--yes");
        } else {
          host.run(
              what == 2
                  ? new String[] {"plugins", "rollback", "--yes"}
                  : new String[] {"plugins", "remove", "losses", "--yes"});
        }
      }
    }
  }
}
