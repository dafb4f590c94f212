package org.gantry.provisioning.internal.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.gantry.host.support.ErrorText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that stop sending. */
class WebClientTest {

  private static final WebClient IMPATIENT_CLIENT = new WebClient(false, Duration.ofMillis(300));

  @TempDir Path folder;
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private URI serving(boolean begin) {
    server.createContext(
        "/",
        exchange -> {
          if (begin) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
          }
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x.jar");
  }

  @Test
  void stalledDownloadTimesOut() {
    assertTimesOut(serving(true));
  }

  @Test
  void silentServerTimesOut() {
    assertTimesOut(serving(false));
  }

  private void assertTimesOut(URI address) {
    IOException failure =
        assertThrows(
            IOException.class, () -> IMPATIENT_CLIENT.fetch(address, folder.resolve("x.jar")));
    assertEquals("%s sent no data for 0 seconds".formatted(address), ErrorText.of(failure));
  }
}
