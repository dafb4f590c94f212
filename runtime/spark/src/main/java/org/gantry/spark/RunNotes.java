package org.gantry.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.gantry.host.support.JsonText;

/**
 * The file {@code workers.jsonl} in the folder of a run: one line for each start of workers, each
 * lost worker, and each notice about them.
 *
 * @param run the folder
 */
record RunNotes(Path run) {

  private static final String FILE = "workers.jsonl";

  /** Records that workers begin or continue the training. */
  void started(TrainingJob job) {
    append(
        JsonText.object(
            "event", "started",
            "on", job.master(),
            "workers", job.workers(),
            "strategy", job.strategy(),
            "interval", job.interval()));
  }

  /**
   * Records that a worker was lost.
   *
   * @param step of the checkpoint from which the training continues
   */
  void lost(String reason, long step) {
    append(JsonText.object("event", "lost", "step", step, "text", reason));
  }

  /** Records a sentence for the user. */
  void notice(String sentence) {
    append(JsonText.object("event", "notice", "text", sentence));
  }

  private void append(Map<String, Object> entry) {
    // A line break within a text is escaped, so all others are between the members.
    String line = JsonText.of(entry).replaceAll("\n\\s*", " ") + "\n";
    try {
      Files.write(
          run.resolve(FILE),
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + run.resolve(FILE), e);
    }
  }
}
