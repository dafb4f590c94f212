package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.gantry.recipes.text.JsonFiles;

/**
 * The progress of a run; the content of its {@code state.json}.
 *
 * @param status whether the run is training, has ended, or failed
 * @param step the number of completed steps
 * @param steps the total number of steps
 * @param seconds the training time in seconds
 * @param reason why the run failed or stopped early, as a sentence; otherwise empty
 * @param resumeCount how often the run was resumed
 * @param trouble the open findings of watchdogs, as clauses; empty if there are none
 */
public record RunState(
    RunStatus status,
    long step,
    long steps,
    double seconds,
    String reason,
    int resumeCount,
    String trouble) {

  /** Whether a run is training, has ended, or failed. */
  public enum RunStatus {
    /** The run is training, or its process was killed. */
    RUNNING,
    /** The run has completed all of its steps, or stopped early. */
    DONE,
    /** The run was asked to stop and stopped after a complete step. */
    INTERRUPTED,
    /** The run ended with an error. */
    FAILED;

    /** The status in lower case, as files and reports show it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Creates a state without open findings. */
  public RunState(
      RunStatus status, long step, long steps, double seconds, String reason, int resumeCount) {
    this(status, step, steps, seconds, reason, resumeCount, "");
  }

  /** A copy at a later step; this state if the step is not later. */
  RunState at(long later, double laterSeconds) {
    return later <= step
        ? this
        : new RunState(status, later, steps, laterSeconds, reason, resumeCount, trouble);
  }

  /** The content of {@code state.json}. */
  byte[] toJson() {
    return JsonFiles.file(
        JsonFiles.object()
            .put("status", status.label())
            .put("step", step)
            .put("steps", steps)
            .put("seconds", JsonFiles.seconds(seconds))
            .put("reason", reason)
            .put("resumed", resumeCount)
            .put("trouble", trouble));
  }

  /**
   * Reads a state.
   *
   * @throws IOException if the file cannot be read, lacks a field, or has an unknown status
   */
  static RunState read(Path file) throws IOException {
    JsonNode node = JsonFiles.read(file);
    String label = JsonFiles.required(node, "status", file).asText();
    for (RunStatus status : RunStatus.values()) {
      if (status.label().equals(label)) {
        return new RunState(
            status,
            JsonFiles.required(node, "step", file).asLong(),
            JsonFiles.required(node, "steps", file).asLong(),
            JsonFiles.required(node, "seconds", file).asDouble(),
            JsonFiles.required(node, "reason", file).asText(),
            node.path("resumed").asInt(),
            node.path("trouble").asText());
      }
    }
    throw new IOException(file + " has the unknown status '" + label + "'");
  }
}
