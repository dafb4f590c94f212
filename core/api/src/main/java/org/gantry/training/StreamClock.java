package org.gantry.training;

import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;

/**
 * The position of every random stream of a graph. A draw depends on the position alone, and not on
 * earlier draws.
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

  /** Moves all streams to a phase of a step. */
  void moveTo(long toStep, long toPhase) {
    step = toStep;
    phase = toPhase;
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
