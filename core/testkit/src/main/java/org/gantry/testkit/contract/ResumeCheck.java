package org.gantry.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/** Checks that a resumed training has the same bits as one that never stopped. */
final class ResumeCheck {

  /** The step at which the training stops and resumes. */
  private static final int HALF = AdaptiveGame.STEPS / 2;

  private ResumeCheck() {}

  /**
   * Trains a game, resumes it halfway in another session, and compares both trainings.
   *
   * @param game a game
   * @param again the same game with other instances of its components
   */
  static void requireSameBits(TrainingGraph game, TrainingGraph again) throws IOException {
    try (ScratchFolder folder = ScratchFolder.create();
        Session whole = Session.open(game);
        Session resumed = Session.open(again)) {
      for (int i = 0; i < HALF; i++) {
        whole.step();
      }
      resumed.restore(saved(whole, folder.path().resolve("halfway")));
      for (int i = 0; i < HALF; i++) {
        Map<String, Double> expected = whole.step();
        Map<String, Double> actual = resumed.step();
        ContractAssertions.require(
            expected.equals(actual),
            "step %d reports %s, but %s in a resumed training",
            HALF + i,
            expected,
            actual);
      }
      Path expected = saved(whole, folder.path().resolve("whole"));
      Path actual = saved(resumed, folder.path().resolve("resumed"));
      for (Path file : files(expected)) {
        ContractAssertions.require(
            Files.mismatch(file, actual.resolve(file.getFileName())) < 0,
            "the checkpoint file %s differs in a resumed training",
            file.getFileName());
      }
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
}
