package org.gantry.runs.internal;

import java.util.Map;

/** The metrics of a training, whose failures are told in words. */
final class MetricSinks implements AutoCloseable {

  private final TrainingState standing;
  private MetricHistory history;

  MetricSinks(TrainingState standing) {
    this.standing = standing;
    open();
  }

  /** Goes on at the end of what is there. */
  void open() {
    history = reporting(file -> MetricHistory.open(standing.folder(), standing.start().created()));
  }

  void add(Map<String, Double> values) {
    reporting(
        file -> {
          history.add(standing.step(), standing.seconds(), values);
          return file;
        });
  }

  void sync() {
    reporting(
        file -> {
          history.sync();
          return file;
        });
  }

  @Override
  public void close() {
    reporting(
        file -> {
          history.close();
          return file;
        });
  }

  private <T> T reporting(CheckedWrite<T> writing) {
    return CheckedWrite.run("the metrics", standing.folder().metrics(), writing);
  }
}
