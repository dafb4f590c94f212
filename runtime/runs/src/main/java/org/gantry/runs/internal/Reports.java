package org.gantry.runs.internal;

import java.util.Map;

/** The metrics of a training, whose failures are told in words. */
final class Reports implements AutoCloseable {

  private final Standing standing;
  private History history;

  Reports(Standing standing) {
    this.standing = standing;
    open();
  }

  /** Goes on at the end of what is there. */
  void open() {
    history = reporting(file -> History.open(standing.folder(), standing.start().created()));
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

  private <T> T reporting(Writing<T> writing) {
    return Writing.writing("the metrics", standing.folder().metrics(), writing);
  }
}
