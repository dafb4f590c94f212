package org.gantry.workers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.training.WorkerException;
import org.junit.jupiter.api.Test;

/** How workers find and recognise each other. */
final class WorkerEndpointTest {

  private static final WaitLimits SHORT =
      new WaitLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), notice -> {});

  @Test
  void strangersDoNotKeepWorkersFromConnecting() throws IOException {
    WorkerSecret secret = WorkerSecret.create();
    List<WorkerEndpoint> endpoints =
        IntStream.range(0, 2).mapToObj(i -> RingOfThreads.open()).toList();
    List<String> addresses = endpoints.stream().map(WorkerEndpoint::address).toList();
    try (Socket stranger = connect(addresses.get(0))) {
      stranger.getOutputStream().write(new byte[1000]);
      stranger.getOutputStream().flush();
      List<float[]> means =
          RingOfThreads.parallel(
              2,
              rank -> {
                try (WorkerRing ring = endpoints.get(rank).join(addresses, rank, secret, SHORT)) {
                  float[] own = {rank};
                  ring.average(FloatBuffer.wrap(own));
                  return own;
                }
              });
      assertArrayEquals(new float[] {0.5f}, means.get(0));
    }
  }

  @Test
  void aWorkerWithAnotherSecretIsRefused() {
    List<WorkerEndpoint> endpoints =
        IntStream.range(0, 2).mapToObj(i -> RingOfThreads.open()).toList();
    List<String> addresses = endpoints.stream().map(WorkerEndpoint::address).toList();
    List<WorkerException> refused =
        RingOfThreads.parallel(
            2,
            rank ->
                assertThrows(
                    WorkerException.class,
                    () -> endpoints.get(rank).join(addresses, rank, WorkerSecret.create(), SHORT)));
    refused.forEach(e -> assertFalse(e.isAnnounced(), e.getMessage()));
  }

  @Test
  void anEndpointIsBoundToItsAddressAlone() throws IOException {
    try (WorkerEndpoint endpoint = WorkerEndpoint.open("127.0.0.1")) {
      String port = endpoint.address().substring("127.0.0.1:".length());
      assertThrows(ConnectException.class, () -> connect("127.0.0.2:" + port).close());
      connect(endpoint.address()).close();
    }
  }

  @Test
  void anAddressOfAnotherMachineIsAnError() {
    assertThrows(IOException.class, () -> WorkerEndpoint.open("192.0.2.1"));
  }

  @Test
  void aSecretSurvivesItsText() {
    WorkerSecret secret = WorkerSecret.create();
    byte[] one = new byte[WorkerSecret.LENGTH];
    assertArrayEquals(
        secret.answer("connect", 1, one, one),
        WorkerSecret.of(secret.text()).answer("connect", 1, one, one));
    assertTrue(
        !WorkerSecret.isEqual(
            secret.answer("connect", 1, one, one), secret.answer("accept", 1, one, one)));
    assertEquals(64, secret.text().length());
  }

  private static Socket connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    return new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }
}
