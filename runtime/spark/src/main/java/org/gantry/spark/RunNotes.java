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
  private static final String DETAILS = "workers.log";

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

  /** Keeps what Spark says about a lost worker, in a file next to the notes. */
  void keepDetails(String text) {
    append(DETAILS, text + "\n");
  }

  private void append(Map<String, Object> entry) {
    // A line break within a text is escaped, so all others are between the members.
    append(FILE, JsonText.of(entry).replaceAll("\n\\s*", " ") + "\n");
  }

  private void append(String file, String text) {
    try {
      Files.write(
          run.resolve(file),
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + run.resolve(file), e);
    }
  }
}
