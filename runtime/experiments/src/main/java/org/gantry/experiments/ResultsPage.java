package org.gantry.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.JsonFiles;

/** Writes the results of experiments as a page in Markdown. */
public final class ResultsPage {

  private static final String INTRODUCTION =
      """
      # Does it work?

      Each of these experiments trains every method several times and checks claims about the results.
      Values are means over trainings with their standard error. Published values come from other
      networks and longer trainings; they are listed for comparison. This page is generated from the
      files in `%s`. It reports a claim that does not hold in the same way as one that holds. The
      command below the name of an experiment repeats it.
      """;

  private ResultsPage() {}

  /**
   * Returns the page.
   *
   * @param folder contains a {@code .json} file for each experiment, written by {@link
   *     ExperimentResults#json}, and perhaps a picture with the same name and the extension {@code
   *     .png}
   * @param link the relative path from the page to the folder
   * @throws IOException if a file cannot be read or does not contain results
   */
  public static String of(Path folder, String link) throws IOException {
    StringBuilder page =
        new StringBuilder(
            INTRODUCTION.formatted(folder.toAbsolutePath().normalize().getFileName()));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      JsonNode result = parsed(file);
      if (!result.hasNonNull("experiment") || !result.path("variants").isArray()) {
        throw new IOException(file + " does not contain the results of an experiment");
      }
      page.append("\n## ").append(section(result, "method"));
      String picture = file.getFileName().toString().replaceFirst("json$", "png");
      if (Files.exists(folder.resolve(picture))) {
        page.append("\n![Pictures of ").append(result.get("experiment").asText());
        page.append("](").append(link).append('/').append(picture).append(")\n");
      }
    }
    return page.toString();
  }

  /**
   * Returns the page of a sweep.
   *
   * @param command the command line that repeats it
   * @param picture the file of the picture in the folder of the page; empty for a page without one
   */
  public static String ofSweep(
      ExperimentResults results, String command, Optional<String> picture) {
    return "# "
        + section(results.toJson(command), "combination")
        + picture.map(file -> "\n![Samples of each combination](%s)\n".formatted(file)).orElse("");
  }

  private static JsonNode parsed(Path file) throws IOException {
    byte[] text = TextFiles.bytes(file);
    try {
      return JsonFiles.parse(text);
    } catch (IOException e) {
      throw new IOException(file + " is not JSON; remove it, or run its experiment again", e);
    }
  }

  /**
   * A section, from the name in its heading.
   *
   * @param rows what a row of the table is
   */
  private static String section(JsonNode result, String rows) {
    StringBuilder text = new StringBuilder();
    text.append(result.get("experiment").asText()).append("\n\n");
    text.append(result.path("summary").asText());
    String paper = result.path("paper").asText();
    text.append(paper.isEmpty() ? "\n" : " (" + paper + ")\n");
    text.append("\n    ").append(result.path("command").asText()).append("\n\n");
    text.append(table(result, rows));
    if (!result.path("claims").isEmpty()) {
      text.append("\n| claim | verdict | left and right |\n| --- | --- | --- |\n");
    }
    for (JsonNode claim : result.path("claims")) {
      String source = claim.path("source").asText();
      text.append(
          row(
              List.of(
                  "`"
                      + claim.path("claim").asText()
                      + "`"
                      + (source.isEmpty() ? "" : ", " + source),
                  verdict(claim.path("verdict").asText()),
                  claim.path("numbers").asText())));
    }
    for (JsonNode note : result.path("notes")) {
      text.append("\n- ").append(note.asText());
    }
    text.append(result.path("notes").isEmpty() ? "" : "\n");
    int trainings = result.path("trainings").asInt();
    int planned = result.path("planned").asInt();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d %strainings, %.0f minutes in all.%n",
            trainings,
            trainings < planned ? "of " + planned + " " : "",
            result.path("seconds").asDouble() / 60));
    return text.toString();
  }

  private static String verdict(String word) {
    return word.equals("holds") ? word : "**" + word + "**";
  }

  private static String table(JsonNode result, String rows) {
    List<String> metrics = new ArrayList<>();
    result
        .path("variants")
        .path(0)
        .path("values")
        .properties()
        .forEach(v -> metrics.add(v.getKey()));
    List<String> head = new ArrayList<>(List.of(rows, "trainings"));
    head.addAll(metrics);
    StringBuilder table = new StringBuilder(row(head));
    table.append(row(head.stream().map(h -> "---").toList()));
    for (JsonNode variant : result.path("variants")) {
      int failed = variant.path("failed").asInt();
      List<String> cells = new ArrayList<>();
      cells.add(variant.path("variant").asText());
      cells.add(
          variant.path("trainings").asText() + (failed == 0 ? "" : ", " + failed + " failed"));
      metrics.forEach(m -> cells.add(variant.path("values").path(m).asText()));
      table.append(row(cells));
    }
    for (JsonNode published : result.path("published")) {
      List<String> cells = new ArrayList<>();
      cells.add("*" + published.path("label").asText() + "*");
      cells.add("*" + published.path("source").asText() + "*");
      metrics.forEach(m -> cells.add(published.path("values").path(m).asText()));
      table.append(row(cells));
    }
    return table.toString();
  }

  private static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |\n";
  }
}
