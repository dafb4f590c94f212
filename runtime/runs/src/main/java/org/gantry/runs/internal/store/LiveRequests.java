package org.gantry.runs.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.JsonFiles;

/**
 * Requests of other processes to a running training, and its answers. A request is a file. The
 * training takes it by renaming it; until then, the requesting process can withdraw it. The answer
 * is another file.
 *
 * @param folder a folder in the run's folder; exists only while there are requests
 */
public record LiveRequests(Path folder) {

  private static final String ASKED = ".request.json";
  private static final String TAKEN = ".taken.json";
  private static final String ANSWER = ".answer.json";

  /** The requests to the training of a run. */
  public static LiveRequests of(Path run) {
    return new LiveRequests(run.resolve(".live"));
  }

  /**
   * A request that the training has taken.
   *
   * @param id part of the names of its files
   * @param changes of the recipe, in order
   */
  public record LiveRequest(String id, List<Change> changes) {}

  /**
   * Submits a request.
   *
   * @return its id
   */
  public String submit(List<Change> changes) throws IOException {
    String id = "%08d-%s".formatted(nextNumber(), UUID.randomUUID());
    ObjectNode request = JsonFiles.object().put("pid", ProcessHandle.current().pid());
    request.set("changes", HistoryLines.toJson(changes));
    Files.createDirectories(folder);
    AtomicFiles.write(folder.resolve(id + ASKED), JsonFiles.file(request));
    return id;
  }

  /** A number after those of all present requests. Simultaneous requests may get the same one. */
  private long nextNumber() throws IOException {
    long last = 0;
    for (Path file : files()) {
      String name = file.getFileName().toString();
      last = Math.max(last, Long.parseLong(name.substring(0, name.indexOf('-'))));
    }
    return last + 1;
  }

  /** Withdraws a request; returns false if the training has already taken it. */
  public boolean withdraw(String id) throws IOException {
    boolean withdrawn = Files.deleteIfExists(folder.resolve(id + ASKED));
    removeIfEmpty();
    return withdrawn;
  }

  /** Takes the answer to a request; empty before it arrives. */
  public Optional<JsonNode> answer(String id) throws IOException {
    Path file = folder.resolve(id + ANSWER);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode answer = JsonFiles.read(file);
    Files.delete(file);
    removeIfEmpty();
    return Optional.of(answer);
  }

  private void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // There are other requests.
      return;
    }
  }

  /** Removes the files that no living process waits for; for the begin of a training. */
  public void discardStale() throws IOException {
    for (Path file : files()) {
      boolean waiting =
          file.toString().endsWith(ASKED)
              && ProcessHandle.of(read(file).path("pid").asLong(-1)).isPresent();
      if (!waiting) {
        Files.deleteIfExists(file);
      }
    }
    if (Files.isDirectory(folder)) {
      removeIfEmpty();
    }
  }

  /** Takes all requests, in their order. */
  public List<LiveRequest> takeAll() throws IOException {
    List<LiveRequest> taken = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (!name.endsWith(ASKED)) {
        continue;
      }
      String id = name.substring(0, name.length() - ASKED.length());
      Path mine = folder.resolve(id + TAKEN);
      try {
        Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException withdrawn) {
        continue;
      }
      taken.add(new LiveRequest(id, HistoryLines.changes(read(mine).path("changes"))));
    }
    return taken;
  }

  /** Reads a request. A file that is not JSON requests nothing; it does not end the training. */
  private static JsonNode read(Path file) {
    try {
      return JsonFiles.read(file);
    } catch (IOException e) {
      return JsonFiles.object();
    }
  }

  /** Answers a request. */
  public void answer(LiveRequest request, JsonNode answer) throws IOException {
    AtomicFiles.write(folder.resolve(request.id() + ANSWER), JsonFiles.file(answer));
    Files.deleteIfExists(folder.resolve(request.id() + TAKEN));
  }

  /**
   * The answer to a request whose changes took effect.
   *
   * @param notTransferred what the training could not keep, as clauses
   */
  public static ObjectNode accepted(long step, List<Change> changes, List<String> notTransferred) {
    ObjectNode answer = JsonFiles.object().put("step", step);
    answer.set("changes", HistoryLines.toJson(changes));
    HistoryLines.putAll(answer, "notTransferred", notTransferred);
    return answer;
  }

  /** The answer to a request whose changes do not fit. */
  public static ObjectNode refused(List<InputProblem> problems) {
    ObjectNode answer = JsonFiles.object();
    ArrayNode list = answer.putArray("problems");
    for (InputProblem problem : problems) {
      list.addObject()
          .put("message", problem.message())
          .put("expected", problem.expected())
          .put("fix", fix(problem));
    }
    return answer;
  }

  private static String fix(InputProblem problem) {
    return problem.missing().isEmpty()
        ? problem.fix()
        : (problem.fix() + " A training sees only the plugins that were installed when it began.")
            .strip();
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    // This runs after every step, and there is hardly ever a request.
    if (!folder.toFile().isDirectory()) {
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*-*.json")) {
      entries.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    Collections.sort(files);
    return files;
  }
}
