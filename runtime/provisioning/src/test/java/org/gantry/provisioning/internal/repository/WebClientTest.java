package org.gantry.provisioning.internal.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.repository.DownloadWatch.DownloadLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that stop sending, send too slowly, or redirect. */
class WebClientTest {

  private static final WebClient IMPATIENT_CLIENT = new WebClient(false, Duration.ofMillis(300));

  private static final WebClient CLIENT = WebClient.create(false);

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
    return address("/x.jar");
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void stalledDownloadTimesOut() {
    // Both limits are over soon, and the watch may notice either of them first.
    assertTimesOut(serving(true), "sent (no data for|only 10 bytes in) 0 seconds");
  }

  @Test
  void silentServerTimesOut() {
    assertTimesOut(serving(false), "sent no data for 0 seconds");
  }

  @Test
  void serverThatSendsAByteNowAndThenIsGivenUp() {
    URI address = address("/x.jar");
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1 << 20);
          try {
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(7);
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    Path file = folder.resolve("x.jar");
    WebClient client = new WebClient(false, Duration.ofSeconds(3));
    IOException failure = assertThrows(IOException.class, () -> client.fetch(address, file));
    assertTrue(failure.getMessage().startsWith(address + " sent only "), failure.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void downloadHasALimitForItsWholeTime() {
    DownloadLimits limits = new DownloadLimits(Duration.ofSeconds(30), Duration.ofMinutes(60));
    long second = 1_000_000_000;
    assertEquals("", DownloadWatch.reason(0, 29 * second, 1, limits));
    assertEquals("", DownloadWatch.reason(0, 3600 * second, 1L << 30, limits));
    assertEquals(
        "sent only 31 bytes in 31 seconds", DownloadWatch.reason(0, 31 * second, 31, limits));
    assertEquals(
        "did not finish within 60 minutes",
        DownloadWatch.reason(0, 3601 * second, 1L << 30, limits));
    assertEquals(
        "sent no data for 30 seconds",
        DownloadWatch.reason(31 * second, 40 * second, 1L << 30, limits));
  }

  @Test
  void redirectWithinTheHostIsFollowed() throws IOException {
    redirecting("/moved/x.jar");
    server.createContext(
        "/moved",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(7);
          exchange.close();
        });
    Path file = folder.resolve("x.jar");
    CLIENT.fetch(address("/x.jar"), file);
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(file));
  }

  @Test
  void redirectToAnotherPlaceIsRefusedAndNamed() {
    redirecting("https://evil.example/x.jar?token=7");
    URI address = address("/x.jar");
    ProvisioningException refusal =
        assertThrows(
            ProvisioningException.class, () -> CLIENT.fetch(address, folder.resolve("x.jar")));
    assertEquals(
        address
            + " is redirected to https://evil.example, which is another place than the one you"
            + " named",
        refusal.getMessage());
    assertEquals("If you trust https://evil.example, use an address there.", refusal.fix());
  }

  @Test
  void redirectsInACircleEnd() {
    redirecting("/x.jar");
    assertTrue(
        assertThrows(
                IOException.class, () -> CLIENT.fetch(address("/x.jar"), folder.resolve("x.jar")))
            .getMessage()
            .endsWith("is redirected more than 5 times"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, http://a.example/x",
    "https://a.example/x, https://b.example/x",
    "https://a.example/x, https://a.example:8443/x",
    "https://a.example/x, https://a.example.evil/x",
    "https://a.example/x, //b.example/x",
    "https://a.example/x, file:///etc/passwd"
  })
  void redirectsThatLeaveTheNamedPlaceAreRefused(URI from, String to) {
    assertThrows(ProvisioningException.class, () -> WebClient.redirect(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, /y, https://a.example/y",
    "https://a.example/x, https://A.example:443/y, https://A.example:443/y",
    "http://a.example/x, https://a.example/x, https://a.example/x"
  })
  void redirectsWithinTheNamedPlaceAreFollowed(URI from, String to, URI expected)
      throws IOException {
    assertEquals(expected, WebClient.redirect(from, to));
  }

  private void redirecting(String location) {
    server.createContext(
        "/x.jar",
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  private void assertTimesOut(URI address, String reason) {
    IOException failure =
        assertThrows(
            IOException.class, () -> IMPATIENT_CLIENT.fetch(address, folder.resolve("x.jar")));
    String message = ErrorText.of(failure);
    assertTrue(message.matches(Pattern.quote(address + " ") + reason), message);
  }
}
