package org.gantry.serving.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingMetricsTest {

  @Test
  void bucketsCountTheValuesUpToTheirBound() {
    ValueHistogram histogram = new ValueHistogram(1, 2.5);
    histogram.add(1);
    histogram.add(2);
    histogram.add(9);
    StringBuilder text = new StringBuilder();

    histogram.append(text, "size", "model=\"a\"");

    assertEquals(
        """
        size_bucket{model="a",le="1"} 1
        size_bucket{model="a",le="2.5"} 2
        size_bucket{model="a",le="+Inf"} 3
        size_sum{model="a"} 12
        size_count{model="a"} 3
        """,
        text.toString());
  }

  @Test
  void requestsErrorsPassesAndGaugesAreNamed() {
    ServingMetrics metrics = new ServingMetrics();
    metrics.answered("samples", 200, 0.02);
    metrics.answered("samples", 503, 0.001);
    metrics.passDone("ring", 3, 12, 0.01);
    metrics.reloaded("ring", "FAILED");

    String text = metrics.text(() -> Map.of("gantry_queue_length{model=\"ring\"}", 2L));

    for (String line :
        new String[] {
          "gantry_requests_total{route=\"samples\",status=\"200\"} 1",
          "gantry_errors_total{route=\"samples\",kind=\"server\"} 1",
          "gantry_request_seconds_bucket{route=\"samples\",le=\"0.025\"} 2",
          "gantry_batch_requests_sum{model=\"ring\"} 3",
          "gantry_batch_rows_sum{model=\"ring\"} 12",
          "gantry_reloads_total{model=\"ring\",result=\"failed\"} 1",
          "# TYPE gantry_queue_length gauge",
          "gantry_queue_length{model=\"ring\"} 2"
        }) {
      assertTrue(text.contains(line + "\n"), line + " in\n" + text);
    }
  }
}
