package org.gantry.runs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RecipeVariation;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunWorkers;
import org.gantry.runs.internal.store.HistoryLines;

/**
 * The sections of a report page on how runs were made: graphs, recipes, history, environment, and
 * how to reproduce them.
 *
 * @param runs in the order in which to show them
 */
record ReproductionSection(List<RunFolder> runs) {

  /** The training graphs, given as SVG. */
  String graphs(Map<RunFolder, String> drawings) {
    return runs.stream()
        .filter(drawings::containsKey)
        .map(
            run ->
                Html.section(
                    "Training graph" + suffix(run),
                    Html.element(
                        "div",
                        "wide paper",
                        "<label><input type=\"checkbox\"> full size</label><img alt=\"training graph\" src=\"data:image/svg+xml;base64,"
                            + Base64.getEncoder()
                                .encodeToString(drawings.get(run).getBytes(StandardCharsets.UTF_8))
                            + "\">")))
        .collect(Collectors.joining());
  }

  /** The recipe of each run. */
  String recipes() throws IOException {
    StringBuilder sections = new StringBuilder();
    for (RunFolder run : runs) {
      String recipe = TextFiles.read(run.recipe());
      sections.append(
          Html.section("Recipe" + suffix(run), Html.element("pre", Html.escaped(recipe))));
    }
    return sections.toString();
  }

  /** How the recipes of several runs differ; empty for one run. */
  String variations() throws IOException {
    List<String> recipes = new ArrayList<>();
    for (RunFolder run : runs) {
      recipes.add(TextFiles.read(run.recipe()));
    }
    return runs.size() == 1 ? "" : variations(recipes);
  }

  private String variations(List<String> recipes) {
    List<RecipeVariation> variations = RecipeVariation.among(recipes);
    return Html.section(
        "Differences of the recipes",
        variations.isEmpty()
            ? Html.element("p", "None.")
            : Html.table(
                Html.row("", runs.stream().map(RunFolder::name).toList())
                    + variations.stream()
                        .map(
                            v ->
                                Html.row(
                                    v.path(), v.values().stream().map(t -> t.orElse("—")).toList()))
                        .collect(Collectors.joining())));
  }

  private String suffix(RunFolder run) {
    return runs.size() == 1 ? "" : " of " + run.name();
  }

  /** Resumptions, findings of watchdogs, remedies and changes. */
  String history() throws IOException {
    StringBuilder sections = new StringBuilder();
    for (RunFolder run : runs) {
      if (Files.exists(run.history())) {
        StringBuilder items = new StringBuilder();
        for (JsonNode line : JsonFiles.lines(run.history())) {
          items.append(Html.element("li", Html.escaped(event(line))));
        }
        sections.append(
            Html.section("History" + suffix(run), Html.element("ul", items.toString())));
      }
    }
    return sections.toString();
  }

  /** A line on a finding, a remedy or a change. */
  private static String numberedEvent(JsonNode line) {
    StringBuilder text = new StringBuilder();
    text.append("step ").append(line.path("step").asText());
    if (line.has("watchdog")) {
      text.append(", ").append(line.path("watchdog").asText());
    }
    text.append(": ").append(line.path("event").asText());
    if (line.has("what")) {
      text.append(", ").append(line.path("what").asText());
      text.append(" (").append(line.path("where").asText()).append("): ");
      text.append(line.path("evidence").asText());
    }
    if (line.has("to")) {
      text.append(" to step ").append(line.path("to").asText());
    }
    HistoryLines.changes(line.path("changes")).forEach(change -> text.append("; ").append(change));
    line.path("notTransferred").forEach(clause -> text.append("; ").append(clause.asText()));
    return text.toString();
  }

  private static String event(JsonNode line) {
    if (line.has("number")) {
      return numberedEvent(line);
    }
    StringBuilder text = new StringBuilder();
    text.append(line.path("at").asText())
        .append(": ")
        .append(line.path("event").asText())
        .append(" after step ")
        .append(line.path("step").asText());
    for (JsonNode change : line.path("changes")) {
      text.append("; ")
          .append(change.path("path").asText())
          .append(" from ")
          .append(change.path("before").asText())
          .append(" to ")
          .append(change.path("after").asText());
    }
    for (JsonNode damaged : line.path("damaged")) {
      text.append("; ").append(damaged.path("checkpoint").asText()).append(" was damaged");
    }
    return text.toString();
  }

  /** Machine, operating system and versions. */
  String environment() throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (RunFolder run : runs) {
      Map<String, String> entries = new LinkedHashMap<>();
      flatten("", JsonFiles.read(run.environmentFile()), entries);
      entries.putAll(RunWorkers.read(run.path()).summary());
      all.add(entries);
      names.addAll(entries.keySet());
    }
    StringBuilder rows = new StringBuilder();
    if (runs.size() > 1) {
      rows.append(Html.row("", runs.stream().map(RunFolder::name).toList()));
    }
    for (String name : names) {
      rows.append(Html.row(name, all.stream().map(each -> each.getOrDefault(name, "")).toList()));
    }
    return Html.section("Environment", Html.table(rows.toString()));
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      path.isEmpty() ? entry.getKey() : path + " " + entry.getKey(),
                      entry.getValue(),
                      into));
    } else {
      into.put(path, node.asText());
    }
  }

  /** The command and the plugins that reproduce each run. */
  String reproduction() throws IOException {
    StringBuilder sections = new StringBuilder();
    for (RunFolder run : runs) {
      String threads =
          JsonFiles.read(run.environmentFile()).path("engine").path("threads").asText();
      String components =
          run.components().stream()
              .map(
                  c ->
                      Html.row(
                          c.kind() + "/" + c.name(),
                          List.of(c.version(), c.bundle() + " " + c.bundleVersion())))
              .collect(Collectors.joining());
      sections.append(
          Html.section(
              "How to reproduce" + suffix(run),
              Html.element(
                      "p",
                      "Save the recipe as recipe.yaml and train it with these plugins. The same"
                          + " number of threads gives the same bits.")
                  + Html.element(
                      "pre",
                      "gantry train recipe.yaml --set train.threads=" + Html.escaped(threads))
                  + unrepeatable(run)
                  + Html.table(components)));
    }
    return sections.toString();
  }

  /** The resumptions that training the recipe does not repeat. */
  private static String unrepeatable(RunFolder run) throws IOException {
    if (!Files.exists(run.history())) {
      return "";
    }
    StringBuilder steps = new StringBuilder();
    for (JsonNode line : JsonFiles.lines(run.history())) {
      if (line.path("unrepeatable").size() > 0) {
        steps.append(Html.element("li", Html.escaped(event(line))));
      }
    }
    return steps.isEmpty()
        ? ""
        : Html.element(
                "p",
                "This will not give the same bits, because the run was resumed with changes that a"
                    + " recipe cannot schedule for a step. Train the recipe without them, and"
                    + " resume with them where the history lists them:")
            + Html.element("ul", steps.toString());
  }
}
