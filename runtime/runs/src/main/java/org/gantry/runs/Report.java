package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gantry.runs.internal.Curve;
import org.gantry.runs.internal.CurveChart;
import org.gantry.runs.internal.Durable;
import org.gantry.runs.internal.Html;
import org.gantry.runs.internal.Json;
import org.gantry.runs.internal.Reason;

/**
 * A page on one run, or on several side by side. It holds all that it shows, so that it can be sent
 * or kept alone; it asks for nothing from anywhere.
 *
 * @param runs in the order in which to show them; at least one
 * @param drawings the training graphs as SVG, by run; may be empty
 */
public record Report(List<RunFolder> runs, Map<RunFolder, String> drawings) {

  /** As many pictures of samples as show a development; the last is always among them. */
  private static final int PICTURES = 12;

  /** Checks and copies. */
  public Report {
    if (runs.isEmpty()) {
      throw new RunException("a report needs at least one run");
    }
    runs = List.copyOf(runs);
    drawings = Map.copyOf(drawings);
  }

  /**
   * Writes the page.
   *
   * @param file replaced if it exists; missing parents are created
   * @throws RunException if a run cannot be read or the page not be written
   */
  public void write(Path file) {
    byte[] page = html().getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Durable.write(file, page);
    } catch (IOException e) {
      throw new RunException("cannot write the report " + file + ": " + Reason.of(e), e);
    }
  }

  /**
   * The page.
   *
   * @throws RunException if a run cannot be read
   */
  public String html() {
    String title = runs.stream().map(Report::name).collect(Collectors.joining(", "));
    try {
      return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
          + element("title", Html.escaped(title))
          + element("style", style())
          + "</head><body>"
          + element("h1", Html.escaped(title))
          + summary()
          + curves()
          + samples()
          + graphs()
          + recipes()
          + history()
          + environment()
          + reproduction()
          + "</body></html>\n";
    } catch (IOException e) {
      throw new RunException("cannot read the run: " + Reason.of(e), e);
    }
  }

  private static String name(RunFolder run) {
    Path name = run.path().toAbsolutePath().normalize().getFileName();
    return name == null ? run.path().toString() : name.toString();
  }

  private static String style() throws IOException {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- What came of it
  // ---------------------------------------------------------------------------

  private String summary() throws IOException {
    Map<String, Function<RunState, String>> facts = new LinkedHashMap<>();
    facts.put("state", state -> state.status().name().toLowerCase(Locale.ROOT));
    facts.put("steps", state -> state.step() + " of " + state.steps());
    facts.put("seconds of training", state -> Html.number(state.seconds()));
    facts.put("continued", state -> state.resumed() + " times");
    facts.put("reason", RunState::reason);
    List<RunState> states = runs.stream().map(RunFolder::state).toList();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    facts.forEach((fact, of) -> rows.put(fact, states.stream().map(of).toList()));
    if (states.stream().allMatch(state -> state.reason().isEmpty())) {
      rows.remove("reason");
    }
    List<Map<String, JsonNode>> figures = new ArrayList<>();
    for (RunFolder run : runs) {
      figures.add(figures(run));
    }
    Set<String> names = new LinkedHashSet<>();
    figures.forEach(each -> names.addAll(each.keySet()));
    for (String figure : names) {
      rows.put(
          figure,
          figures.stream()
              .map(each -> each.containsKey(figure) ? value(each.get(figure)) : "")
              .toList());
    }
    return section("Summary", table(rows));
  }

  /** The figures of the last evaluation. */
  private static Map<String, JsonNode> figures(RunFolder run) throws IOException {
    Map<String, JsonNode> figures = new LinkedHashMap<>();
    if (Files.exists(run.evaluations())) {
      for (JsonNode line : Json.lines(run.evaluations())) {
        figures.clear();
        for (Map.Entry<String, JsonNode> figure : line.path("figures").properties()) {
          figures.put(figure.getKey(), figure.getValue());
        }
      }
    }
    return figures;
  }

  private static String value(JsonNode value) {
    return Html.number(Json.number(value));
  }

  private String curves() throws IOException {
    List<Map<String, Curve>> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (RunFolder run : runs) {
      Map<String, Curve> curves = Curve.read(run.metrics());
      all.add(curves);
      names.addAll(curves.keySet());
    }
    StringBuilder charts = new StringBuilder();
    for (String name : names) {
      List<Curve> curves =
          all.stream().map(each -> each.getOrDefault(name, new Curve(List.of()))).toList();
      charts.append(
          element(
              "figure", element("figcaption", Html.escaped(name)) + CurveChart.svg(name, curves)));
    }
    return section("Curves", legend() + grid(charts.toString()));
  }

  private String legend() {
    if (runs.size() == 1) {
      return "";
    }
    return element(
        "p",
        IntStream.range(0, runs.size())
            .mapToObj(
                i ->
                    "<span class=\"key c%d\"></span>%s"
                        .formatted(i % CurveChart.COLOURS, Html.escaped(name(runs.get(i)))))
            .collect(Collectors.joining(" ")));
  }

  private String samples() throws IOException {
    StringBuilder pictures = new StringBuilder();
    for (RunFolder run : runs) {
      List<Path> shown = runs.size() == 1 ? spread(pictures(run)) : last(pictures(run));
      for (Path picture : shown) {
        String step = picture.getFileName().toString().replaceFirst("^step-0*(\\d+)\\.png$", "$1");
        String caption =
            runs.size() == 1 ? "after step " + step : name(run) + " after step " + step;
        pictures.append(
            element(
                "figure",
                element("figcaption", Html.escaped(caption))
                    + "<img alt=\"samples %s\" src=\"data:image/png;base64,%s\">"
                        .formatted(
                            Html.escaped(caption),
                            Base64.getEncoder().encodeToString(Files.readAllBytes(picture)))));
      }
    }
    return section("Samples", grid(pictures.toString()));
  }

  private static List<Path> pictures(RunFolder run) throws IOException {
    if (!Files.isDirectory(run.samples())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(run.samples())) {
      // Longer names are of later steps.
      return entries
          .filter(entry -> entry.getFileName().toString().matches("step-\\d{6,18}\\.png"))
          .sorted(
              Comparator.comparing((Path p) -> p.getFileName().toString().length())
                  .thenComparing(p -> p.getFileName().toString()))
          .toList();
    }
  }

  private static List<Path> last(List<Path> pictures) {
    return pictures.subList(Math.max(0, pictures.size() - 1), pictures.size());
  }

  private static List<Path> spread(List<Path> pictures) {
    if (pictures.size() <= PICTURES) {
      return pictures;
    }
    return IntStream.range(0, PICTURES)
        .mapToObj(i -> pictures.get(i * (pictures.size() - 1) / (PICTURES - 1)))
        .toList();
  }

  // ---- How it was made
  // ---------------------------------------------------------------------------

  private String graphs() {
    return runs.stream()
        .filter(drawings::containsKey)
        .map(
            run ->
                section(
                    runs.size() == 1 ? "Training graph" : "Training graph of " + name(run),
                    "<div class=\"wide\"><img alt=\"training graph\" src=\"data:image/svg+xml;base64,"
                        + Base64.getEncoder()
                            .encodeToString(drawings.get(run).getBytes(StandardCharsets.UTF_8))
                        + "\"></div>"))
        .collect(Collectors.joining());
  }

  private String recipes() throws IOException {
    String first = Files.readString(runs.get(0).recipe());
    String recipe = section("Recipe" + of(runs.get(0)), element("pre", Html.escaped(first)));
    StringBuilder differences = new StringBuilder();
    for (RunFolder run : runs.subList(1, runs.size())) {
      List<Difference> found = Difference.between(first, Files.readString(run.recipe()));
      String heading = "Recipe" + of(run) + ": differences from" + of(runs.get(0)).substring(3);
      differences.append(
          section(heading, found.isEmpty() ? element("p", "None.") : differences(found)));
    }
    return recipe + differences;
  }

  private String of(RunFolder run) {
    return runs.size() == 1 ? "" : " of " + name(run);
  }

  private static String differences(List<Difference> differences) {
    return element(
        "table",
        differences.stream()
            .map(d -> row(d.path(), List.of(d.before().orElse("—"), d.after().orElse("—"))))
            .collect(Collectors.joining()));
  }

  private String history() throws IOException {
    StringBuilder sections = new StringBuilder();
    for (RunFolder run : runs) {
      if (Files.exists(run.history())) {
        StringBuilder items = new StringBuilder();
        for (JsonNode line : Json.lines(run.history())) {
          items.append(element("li", Html.escaped(event(line))));
        }
        sections.append(section("History" + of(run), element("ul", items.toString())));
      }
    }
    return sections.toString();
  }

  private static String event(JsonNode line) {
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

  private String environment() throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (RunFolder run : runs) {
      Map<String, String> entries = new LinkedHashMap<>();
      flatten("", Json.read(run.environmentFile()), entries);
      all.add(entries);
      names.addAll(entries.keySet());
    }
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String name : names) {
      rows.put(name, all.stream().map(each -> each.getOrDefault(name, "")).toList());
    }
    return section("Environment", table(rows));
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

  private String reproduction() throws IOException {
    StringBuilder sections = new StringBuilder();
    for (RunFolder run : runs) {
      String threads = Json.read(run.environmentFile()).path("engine").path("threads").asText();
      String components =
          run.components().stream()
              .map(
                  c ->
                      row(
                          c.kind() + "/" + c.name(),
                          List.of(c.version(), c.bundle() + " " + c.bundleVersion())))
              .collect(Collectors.joining());
      sections.append(
          section(
              "How to reproduce" + of(run),
              element(
                      "p",
                      "Save the recipe as recipe.yaml and train it with these plugins. The same"
                          + " number of threads gives the same bits.")
                  + element(
                      "pre",
                      "gantry train recipe.yaml --set train.threads=" + Html.escaped(threads))
                  + (Files.exists(run.history())
                      ? element(
                          "p",
                          "Then continue the run where its history says so, with the changes that it"
                              + " names.")
                      : "")
                  + element("table", components)));
    }
    return sections.toString();
  }

  // ---- Form
  // --------------------------------------------------------------------------------------

  private String table(Map<String, List<String>> rows) {
    StringBuilder body = new StringBuilder();
    if (runs.size() > 1) {
      body.append(row("", runs.stream().map(Report::name).toList()));
    }
    rows.forEach((name, values) -> body.append(row(name, values)));
    return element("table", body.toString());
  }

  private static String row(String name, List<String> values) {
    return element(
        "tr",
        element("th", Html.escaped(name))
            + values.stream()
                .map(value -> element("td", Html.escaped(value)))
                .collect(Collectors.joining()));
  }

  private static String section(String heading, String content) {
    return element("section", element("h2", Html.escaped(heading)) + content);
  }

  private static String grid(String content) {
    return "<div class=\"grid\">" + content + "</div>";
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }
}
