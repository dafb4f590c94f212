package org.gantry.training;

import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;

/**
 * Where a training stands: what positions every random stream of its graph, so that a draw depends
 * on the place and not on what was drawn before.
 */
final class StreamClock {

  private final RandomStreams streams;
  private long step;
  private long phase;

  StreamClock(RandomStreams streams) {
    this.streams = streams;
  }

  RandomStreams streams() {
    return streams;
  }

  void moveTo(long step, long phase) {
    this.step = step;
    this.phase = phase;
  }

  long step() {
    return step;
  }

  /** A stream whose draws are numbered within each phase of each step. */
  RandomStream stream(String name) {
    long[] drawn = {-1, -1, 0};
    return () -> {
      if (drawn[0] != step || drawn[1] != phase) {
        drawn[0] = step;
        drawn[1] = phase;
        drawn[2] = 0;
      }
      return streams.at(name, step, phase, drawn[2]++);
    };
  }
}
