package org.gantry.training;

import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;

/**
 * The position of every random stream of a graph. A draw depends on the position alone, and not on
 * earlier draws.
 */
final class StreamClock {

  private final RandomStreams streams;
  private RandomStreams current;
  private long step;
  private long phase;
  private long visits;

  StreamClock(RandomStreams streams) {
    this.streams = streams;
    this.current = streams;
  }

  /** The streams under the seed of the training. */
  RandomStreams streams() {
    return streams;
  }

  /** Moves all streams to a phase of a step. */
  void moveTo(long toStep, long toPhase) {
    moveTo(streams, toStep, toPhase);
  }

  /** Moves all streams to a phase of a step, under another seed than the training's. */
  void moveTo(RandomStreams seeded, long toStep, long toPhase) {
    current = seeded;
    step = toStep;
    phase = toPhase;
    visits++;
  }

  /** A stream whose draws are numbered within each phase of each step. */
  RandomStream stream(String name) {
    long[] drawn = {-1, 0};
    return () -> {
      if (drawn[0] != visits) {
        drawn[0] = visits;
        drawn[1] = 0;
      }
      return current.at(name, step, phase, drawn[1]++);
    };
  }
}
