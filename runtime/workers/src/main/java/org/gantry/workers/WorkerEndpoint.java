package org.gantry.workers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gantry.training.WorkerException;

/**
 * A socket at which a worker waits for the previous one. It is open before the workers know each
 * other's addresses, and closes once they are connected.
 */
public final class WorkerEndpoint implements AutoCloseable {

  /** A program that connects and stays silent is dropped after this time. */
  private static final int HANDSHAKE_MILLIS = 3000;

  private final ServerSocket server;

  private WorkerEndpoint(ServerSocket server) {
    this.server = server;
  }

  /**
   * Opens an endpoint at a free port.
   *
   * @param host the address of this machine at which other workers reach it; the socket is bound to
   *     this address alone
   * @return closed by the caller
   * @throws IOException if the machine does not have the address
   */
  public static WorkerEndpoint open(String host) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return new WorkerEndpoint(server);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** The address for the other workers, as {@code HOST:PORT}. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /**
   * Connects the workers. All of them call this with the same list at about the same time.
   *
   * @param addresses of the endpoints of all workers, by rank
   * @param rank of this worker
   * @param secret known to the workers alone
   * @param limits how long to wait for the others
   * @return the connected ring, which the caller closes
   * @throws WorkerException if another worker cannot be reached
   */
  public WorkerRing join(List<String> addresses, int rank, WorkerSecret secret, WaitLimits limits) {
    int size = addresses.size();
    if (size == 1) {
      return WorkerRing.single(limits);
    }
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    long deadline = System.nanoTime() + limits.limit().toNanos();
    PeerHandshake handshake = new PeerHandshake(secret, HANDSHAKE_MILLIS);
    ExecutorService accepting = Executors.newSingleThreadExecutor(WorkerRing::daemon);
    Socket outgoing = new Socket();
    try {
      Future<Socket> incoming = accepting.submit(() -> accept(handshake, previous, deadline));
      connect(outgoing, addresses.get(next), limits.limit());
      handshake.connect(outgoing, rank);
      return new WorkerRing(
          rank,
          size,
          new FrameSocket(outgoing, next, limits),
          new FrameSocket(incoming.get(), previous, limits),
          limits);
    } catch (IOException e) {
      closeQuietly(outgoing);
      throw WorkerException.lost(
          "worker %d at %s cannot be reached: %s"
              .formatted(next, addresses.get(next), e.getMessage()),
          e);
    } catch (ExecutionException e) {
      closeQuietly(outgoing);
      throw WorkerException.lost(
          "worker %d does not connect: %s".formatted(previous, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      closeQuietly(outgoing);
      Thread.currentThread().interrupt();
      throw WorkerException.lost("interrupted while connecting to the other workers", e);
    } finally {
      close();
      accepting.shutdownNow();
    }
  }

  private static void connect(Socket socket, String address, Duration limit) throws IOException {
    int colon = address.lastIndexOf(':');
    socket.connect(
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
        (int) Math.min(Integer.MAX_VALUE, limit.toMillis()));
  }

  /** Accepts connections until one comes from the previous worker. */
  private Socket accept(PeerHandshake handshake, int previous, long deadline) throws IOException {
    while (true) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("no connection in time");
      }
      server.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
      Socket socket = server.accept();
      if (handshake.accept(socket, previous)) {
        return socket;
      }
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing was exchanged.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException ignored) {
      // No worker waits for it.
    }
  }
}
