package org.gantry.runs.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gantry.charts.Chart;
import org.gantry.charts.CurveChart;
import org.gantry.charts.CurveSeries;
import org.gantry.charts.PngText;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;

/**
 * The sections of a report page on the results of runs: summary, curves and samples.
 *
 * @param runs in the order in which to show them
 */
record ResultsSection(List<RunFolder> runs) {

  /** How many pictures the page shows of a single run, at most; the last is always included. */
  private static final int MAX_PICTURES = 12;

  /** How many pictures the page shows of each of several runs, at most. */
  private static final int MAX_PICTURES_EACH = 4;

  /** The width in pixels up to which a picture is enlarged without smoothing. */
  private static final int SMALL_WIDTH = 320;

  private static final int CHART_WIDTH = 400;
  private static final int CHART_HEIGHT = 230;

  /** The progress of each run and the figures of its last evaluation. */
  String summary() {
    List<RunState> states = all(runs, RunFolder::progress);
    StringBuilder rows = new StringBuilder();
    if (runs.size() > 1) {
      rows.append(Html.row("", runs.stream().map(RunFolder::name).toList()));
    }
    rows.append(Html.row("state", runs.stream().map(RunFolder::statusText).toList()));
    rows.append(Html.row("steps", all(states, s -> s.step() + " of " + s.steps())));
    rows.append(Html.row("seconds of training", all(states, s -> Html.number(s.seconds()))));
    rows.append(Html.row("resumed", all(states, s -> s.resumeCount() + " times")));
    if (states.stream().anyMatch(state -> !state.reason().isEmpty())) {
      rows.append(Html.row("reason", all(states, RunState::reason)));
    }
    List<Map<String, String>> figures = all(runs, ResultsSection::figureTexts);
    Set<String> names = new LinkedHashSet<>();
    figures.forEach(each -> names.addAll(each.keySet()));
    for (String figure : names) {
      rows.append(Html.row(figure, all(figures, each -> each.getOrDefault(figure, ""))));
    }
    return Html.section("Summary", Html.table(rows.toString()));
  }

  /** The figures of the last evaluation of a run, with the remarks on them. */
  private static Map<String, String> figureTexts(RunFolder run) {
    Map<String, String> texts = new LinkedHashMap<>();
    Optional<EvaluationResult> evaluation = run.evaluation();
    if (evaluation.isPresent()) {
      Map<String, String> remarks = evaluation.get().remarksAt(run.progress().step());
      evaluation
          .get()
          .figures()
          .forEach(
              (name, value) ->
                  texts.put(
                      name,
                      Html.number(value)
                          + (remarks.containsKey(name) ? " (" + remarks.get(name) + ")" : "")));
    }
    return texts;
  }

  private static <T, R> List<R> all(List<T> items, Function<T, R> function) {
    return items.stream().map(function).toList();
  }

  /** The terms and watched values over the steps, and figures that were evaluated repeatedly. */
  String curves() throws IOException {
    List<Map<String, MetricCurve>> values = new ArrayList<>();
    List<Map<String, MetricCurve>> figures = new ArrayList<>();
    for (RunFolder run : runs) {
      values.add(MetricCurve.read(run.metrics(), "values"));
      Map<String, MetricCurve> several = MetricCurve.read(run.evaluations(), "figures");
      several.values().removeIf(curve -> curve.points().size() < 2);
      figures.add(several);
    }
    return Html.section("Curves", charts(values))
        + (figures.stream().allMatch(Map::isEmpty)
            ? ""
            : Html.section("Figures over the steps", charts(figures)));
  }

  private String charts(List<Map<String, MetricCurve>> curves) {
    Set<String> names = new LinkedHashSet<>();
    curves.forEach(each -> names.addAll(each.keySet()));
    return Html.element(
        "div",
        "grid",
        names.stream()
            .map(name -> chart(name, curves).svg(CHART_WIDTH, CHART_HEIGHT))
            .map(svg -> Html.element("figure", svg))
            .collect(Collectors.joining()));
  }

  private Chart chart(String name, List<Map<String, MetricCurve>> curves) {
    MetricCurve none = new MetricCurve(List.of());
    return CurveChart.of(
        name,
        IntStream.range(0, runs.size())
            .mapToObj(
                i ->
                    new CurveSeries(
                        runs.get(i).name(),
                        List.of(curves.get(i).getOrDefault(name, none).chartPoints())))
            .toList(),
        false);
  }

  /** The pictures of one run in a grid, or of several runs in one column each. */
  String samples() throws IOException {
    if (runs.size() == 1) {
      return Html.section(
          "Samples", Html.element("div", "grid", figures(runs.get(0), MAX_PICTURES, "")));
    }
    StringBuilder columns = new StringBuilder();
    for (RunFolder run : runs) {
      columns.append(
          Html.element("div", "column", figures(run, MAX_PICTURES_EACH, run.name() + " ")));
    }
    return Html.section("Samples", Html.element("div", "columns", columns.toString()));
  }

  private static String figures(RunFolder run, int most, String prefix) throws IOException {
    StringBuilder figures = new StringBuilder();
    for (Path picture : spread(run.pictures(), most)) {
      String step = picture.getFileName().toString().replaceFirst("^step-0*(\\d+)\\.png$", "$1");
      byte[] png = Files.readAllBytes(picture);
      String caption =
          prefix + "after step " + step + PngText.read(png).map(", "::concat).orElse("");
      figures.append(
          figure(
              caption,
              "<img%s alt=\"samples %s\" src=\"data:image/png;base64,%s\">"
                  .formatted(
                      width(png) <= SMALL_WIDTH ? " class=\"small\"" : "",
                      Html.escaped(caption),
                      Base64.getEncoder().encodeToString(png))));
    }
    return figures.toString();
  }

  /** The width in the header of a PNG; 0 if the header is incomplete. */
  private static int width(byte[] png) {
    return png.length < 20 ? 0 : ByteBuffer.wrap(png).getInt(16);
  }

  private static String figure(String caption, String content) {
    return Html.element("figure", Html.element("figcaption", Html.escaped(caption)) + content);
  }

  private static List<Path> spread(List<Path> pictures, int most) {
    if (pictures.size() <= most) {
      return pictures;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> pictures.get(i * (pictures.size() - 1) / (most - 1)))
        .toList();
  }
}
