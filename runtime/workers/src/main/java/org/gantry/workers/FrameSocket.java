package org.gantry.workers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.gantry.training.WorkerException;

/**
 * One direction of the ring: frames on a socket. A frame has a kind, a length in bytes, and bytes:
 * values as little-endian float32, or the reason for the end of the training as text.
 */
final class FrameSocket implements AutoCloseable {

  private static final int HEADER = 2 * Integer.BYTES;
  private static final int VALUES = 1;
  private static final int ENDED = 2;
  private static final int LOST = 3;

  /** A text longer than this is not a reason. */
  private static final int LONGEST_REASON = 1 << 20;

  /** How often a wait looks at the clock. */
  private static final long POLL_MILLIS = 1000;

  private final Socket socket;
  private final int peer;
  private final WaitLimits limits;
  private final byte[] header = new byte[HEADER];
  private byte[] bytes = {};

  /**
   * A frame: values, or the end of the training.
   *
   * @param length of the values in bytes
   * @param end empty for values
   */
  private record Frame(int length, Optional<WorkerException> end) {}

  /**
   * Wraps a connection.
   *
   * @param peer the rank of the other worker
   */
  FrameSocket(Socket socket, int peer, WaitLimits limits) throws IOException {
    this.socket = socket;
    this.peer = peer;
    this.limits = limits;
    socket.setTcpNoDelay(true);
  }

  /** Sends values, from the position to the limit. */
  void send(FloatBuffer values) throws IOException {
    int length = values.remaining() * Float.BYTES;
    frame(VALUES, length).asFloatBuffer().put(values.slice());
    socket.getOutputStream().write(bytes, 0, HEADER + length);
  }

  /** Sends the end of the training. */
  void sendEnd(WorkerException end) throws IOException {
    byte[] reason = end.getMessage().getBytes(StandardCharsets.UTF_8);
    frame(end.isAnnounced() ? ENDED : LOST, reason.length).put(reason);
    socket.getOutputStream().write(bytes, 0, HEADER + reason.length);
  }

  /** Writes the header of a frame; returns the buffer after it. */
  private ByteBuffer frame(int kind, int length) {
    ensureRoom(HEADER + length);
    ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return frame.putInt(kind).putInt(length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Receives as many values as the buffer has room for.
   *
   * @param into filled from its position to its limit, which both stay
   * @throws WorkerException if the other worker ended the training, is lost or does not answer
   */
  void receive(FloatBuffer into) {
    Frame frame = receive(limits);
    if (frame.end().isPresent()) {
      throw frame.end().get();
    } else if (frame.length() != into.remaining() * Float.BYTES) {
      throw WorkerException.ended(
          "worker %d sends %d values where %d are expected; all workers need the same recipe and the same plugins"
              .formatted(peer, frame.length() / Float.BYTES, into.remaining()));
    }
    into.slice()
        .put(
            ByteBuffer.wrap(bytes, 0, frame.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer());
  }

  /**
   * Skips values until the reason for the end of the training arrives.
   *
   * @return empty if it does not arrive in time
   */
  Optional<WorkerException> awaitEnd(Duration limit) {
    WaitLimits silent = new WaitLimits(limit, limit, notice -> {});
    try {
      Frame frame = receive(silent);
      while (frame.end().isEmpty()) {
        frame = receive(silent);
      }
      return frame.end();
    } catch (WorkerException e) {
      return Optional.empty();
    }
  }

  /** Receives a frame, whose values are then in the buffer. */
  private Frame receive(WaitLimits patience) {
    read(header, HEADER, patience);
    ByteBuffer head = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int kind = head.getInt();
    int length = head.getInt();
    if (kind < VALUES || kind > LOST || length < 0 || (kind != VALUES && length > LONGEST_REASON)) {
      throw lost("sends something else than values", null);
    }
    ensureRoom(length);
    read(bytes, length, patience);
    if (kind == VALUES) {
      return new Frame(length, Optional.empty());
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return new Frame(
        0,
        Optional.of(
            kind == ENDED ? WorkerException.ended(text) : WorkerException.lost(text, null)));
  }

  private void ensureRoom(int length) {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
  }

  private void read(byte[] into, int length, WaitLimits patience) {
    int done = 0;
    long since = System.nanoTime();
    boolean noticed = false;
    try {
      long shortest = Math.min(patience.notice().toMillis(), patience.limit().toMillis());
      socket.setSoTimeout((int) Math.max(1, Math.min(POLL_MILLIS, shortest)));
      InputStream in = socket.getInputStream();
      while (done < length) {
        try {
          int count = in.read(into, done, length - done);
          if (count < 0) {
            throw lost("has ended its connection", null);
          }
          done += count;
          since = System.nanoTime();
        } catch (SocketTimeoutException silent) {
          Duration waited = Duration.ofNanos(System.nanoTime() - since);
          if (waited.compareTo(patience.limit()) >= 0) {
            throw lost("has sent nothing for " + text(patience.limit()), silent);
          } else if (!noticed && waited.compareTo(patience.notice()) >= 0) {
            noticed = true;
            patience.notices().accept("waiting for worker %d for %s".formatted(peer, text(waited)));
          }
        }
      }
    } catch (IOException e) {
      throw lost("cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private WorkerException lost(String how, Exception cause) {
    return WorkerException.lost("worker %d is lost: it %s".formatted(peer, how), cause);
  }

  private static String text(Duration time) {
    return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
