package org.gantry.serving.internal.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What the server has done so far, for {@code GET /metrics}. Thread-safe. */
public final class ServingMetrics {

  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> reloads = new ConcurrentSkipListMap<>();
  private final Map<String, ValueHistogram> durations = new ConcurrentSkipListMap<>();
  private final Map<String, ValueHistogram> sharing = new ConcurrentSkipListMap<>();
  private final Map<String, ValueHistogram> rows = new ConcurrentSkipListMap<>();
  private final Map<String, ValueHistogram> passes = new ConcurrentSkipListMap<>();

  /**
   * Counts an answer.
   *
   * @param route the kind of request, such as {@code samples}
   * @param status the status of the answer
   * @param seconds from the request's header to the answer
   */
  public void answered(String route, int status, double seconds) {
    count(requests, "route=\"%s\",status=\"%d\"".formatted(route, status));
    if (status >= 400) {
      count(
          errors, "route=\"%s\",kind=\"%s\"".formatted(route, status < 500 ? "client" : "server"));
    }
    histogram(durations, "route=\"%s\"".formatted(route), SECONDS).add(seconds);
  }

  /** Counts a pass of a model that several requests may have shared. */
  public void passDone(String model, int sharing, int rowCount, double seconds) {
    String labels = "model=\"%s\"".formatted(model);
    histogram(this.sharing, labels, SIZES).add(sharing);
    histogram(rows, labels, SIZES).add(rowCount);
    histogram(passes, labels, SECONDS).add(seconds);
  }

  /** Counts an attempt to serve newer networks. */
  public void reloaded(String model, String result) {
    count(reloads, "model=\"%s\",result=\"%s\"".formatted(model, result.toLowerCase(Locale.ROOT)));
  }

  private static void count(Map<String, LongAdder> counters, String labels) {
    counters.computeIfAbsent(labels, l -> new LongAdder()).increment();
  }

  private static ValueHistogram histogram(
      Map<String, ValueHistogram> histograms, String labels, double... bounds) {
    return histograms.computeIfAbsent(labels, l -> new ValueHistogram(bounds));
  }

  /**
   * Returns all values in the text format of Prometheus.
   *
   * @param gauges the current value of further figures, by name with labels
   */
  public String text(Supplier<Map<String, Long>> gauges) {
    StringBuilder text = new StringBuilder();
    counters(text, "gantry_requests_total", "Answered requests.", requests);
    counters(text, "gantry_errors_total", "Requests that were answered by an error.", errors);
    histograms(text, "gantry_request_seconds", "The time of a request.", durations);
    histograms(text, "gantry_batch_requests", "The requests that share a pass.", sharing);
    histograms(text, "gantry_batch_rows", "The samples in a pass.", rows);
    histograms(text, "gantry_pass_seconds", "The time of a pass.", passes);
    counters(text, "gantry_reloads_total", "Attempts to serve newer networks.", reloads);
    String family = "";
    for (Map.Entry<String, Long> gauge : gauges.get().entrySet()) {
      String name = gauge.getKey().replaceFirst("\\{.*", "");
      if (!name.equals(family)) {
        text.append("# TYPE ").append(name).append(" gauge\n");
        family = name;
      }
      text.append(gauge.getKey()).append(' ').append(gauge.getValue()).append('\n');
    }
    return text.toString();
  }

  private static void counters(
      StringBuilder text, String name, String help, Map<String, LongAdder> counters) {
    head(text, name, help, "counter");
    counters.forEach(
        (labels, count) -> text.append("%s{%s} %d\n".formatted(name, labels, count.sum())));
  }

  private static void histograms(
      StringBuilder text, String name, String help, Map<String, ValueHistogram> histograms) {
    head(text, name, help, "histogram");
    histograms.forEach((labels, histogram) -> histogram.append(text, name, labels));
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }
}
