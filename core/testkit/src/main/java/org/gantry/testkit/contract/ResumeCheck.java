package org.gantry.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/** Whether a training that was stopped and goes on is the one that never stopped, bit for bit. */
final class ResumeCheck {

  /** A game is to stay finite for so long; it is stopped when half of it is over. */
  private static final int HALF = AdaptiveGame.STEPS / 2;

  private ResumeCheck() {}

  /**
   * Trains a game, stops halfway in one of two sessions, and goes on in another.
   *
   * @param game of fresh components
   * @param again the same of other instances, which know nothing of the first
   */
  static void requireSameBits(TrainingGraph game, TrainingGraph again) throws IOException {
    Path folder = Files.createTempDirectory("gantry-resumption");
    try (Session whole = Session.open(game);
        Session resumed = Session.open(again)) {
      for (int i = 0; i < HALF; i++) {
        whole.step();
      }
      resumed.restore(saved(whole, folder.resolve("halfway")));
      for (int i = 0; i < HALF; i++) {
        Map<String, Double> expected = whole.step();
        Map<String, Double> actual = resumed.step();
        ContractAssertions.require(
            expected.equals(actual),
            "step %d reports %s, and %s in a training that was resumed before",
            HALF + i,
            expected,
            actual);
      }
      Path expected = saved(whole, folder.resolve("whole"));
      Path actual = saved(resumed, folder.resolve("resumed"));
      for (Path file : files(expected)) {
        ContractAssertions.require(
            Arrays.equals(
                Files.readAllBytes(file), Files.readAllBytes(actual.resolve(file.getFileName()))),
            "%s differs after a training that was resumed",
            file.getFileName());
      }
    } finally {
      delete(folder);
    }
  }

  private static Path saved(Session session, Path folder) throws IOException {
    session.save(Files.createDirectory(folder));
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
