package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.gantry.recipes.text.JsonFiles;

/**
 * What other processes ask of a training, and what it answers. A request is a file; the training
 * takes it by renaming it, so that whoever asked can take it back until then, and answers with
 * another.
 *
 * @param folder in the run's folder; there while somebody asks
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
   * @param id names its files
   * @param changes of the recipe, in order
   */
  record LiveRequest(String id, List<Change> changes) {}

  // ---- Those who ask
  // --------------------------------------------------------------------------------

  /** Asks, and returns what names the answer. */
  public String submit(List<Change> changes) throws IOException {
    String id = "%08d-%s".formatted(next(), UUID.randomUUID());
    ObjectNode request = JsonFiles.object().put("pid", ProcessHandle.current().pid());
    request.set("changes", TrainingHealth.changes(changes));
    Files.createDirectories(folder);
    AtomicFiles.write(folder.resolve(id + ASKED), JsonFiles.file(request));
    return id;
  }

  /** After all that are under way; of two who ask at once, either may come first. */
  private long next() throws IOException {
    long last = 0;
    for (Path file : files()) {
      String name = file.getFileName().toString();
      last = Math.max(last, Long.parseLong(name.substring(0, name.indexOf('-'))));
    }
    return last + 1;
  }

  /** Takes a request back; false if the training has taken it already. */
  public boolean withdraw(String id) throws IOException {
    boolean withdrawn = Files.deleteIfExists(folder.resolve(id + ASKED));
    tidy();
    return withdrawn;
  }

  /** The answer, once; empty as long as there is none. */
  public Optional<JsonNode> answer(String id) throws IOException {
    Path file = folder.resolve(id + ANSWER);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode answer = JsonFiles.read(file);
    Files.delete(file);
    tidy();
    return Optional.of(answer);
  }

  /** Reads changes as requests and answers have them. */
  public static List<Change> changes(JsonNode list) {
    return TrainingHealth.changes(list);
  }

  private void tidy() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else asks, too.
      return;
    }
  }

  // ---- The training
  // ---------------------------------------------------------------------------------

  /** Forgets what nobody waits for any more, as after a training that was killed. */
  LiveRequests discardStale() throws IOException {
    for (Path file : files()) {
      boolean waiting =
          file.toString().endsWith(ASKED)
              && ProcessHandle.of(read(file).path("pid").asLong(-1)).isPresent();
      if (!waiting) {
        Files.deleteIfExists(file);
      }
    }
    if (Files.isDirectory(folder)) {
      tidy();
    }
    return this;
  }

  /** Takes what was asked, in that order. */
  List<LiveRequest> takeAll() throws IOException {
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
      taken.add(new LiveRequest(id, changes(read(mine).path("changes"))));
    }
    return taken;
  }

  /** What is no request asks for nothing, which is no reason to end a training. */
  private static JsonNode read(Path file) {
    try {
      return JsonFiles.read(file);
    } catch (IOException e) {
      return JsonFiles.object();
    }
  }

  /** Answers a request. */
  void answer(LiveRequest request, JsonNode answer) throws IOException {
    AtomicFiles.write(folder.resolve(request.id() + ANSWER), JsonFiles.file(answer));
    Files.deleteIfExists(folder.resolve(request.id() + TAKEN));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    // Asked after every step of a training, and nearly always in vain.
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
