package org.gantry.serving.internal.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.gantry.serving.ServingSettings;
import org.gantry.serving.internal.metrics.ServingMetrics;

/** The HTTP server: Jetty with one handler. */
public final class HttpServer implements AutoCloseable {

  /** Threads for connections, and for requests that need no networks. */
  private static final int OTHER_THREADS = 24;

  private static final int FEWEST_THREADS = 8;
  private static final int IDLE_MILLIS = 30_000;

  /** A sender that is slower than this only holds a place. */
  private static final long FEWEST_BYTES_PER_SECOND = 1000;

  private final Server server;
  private final ServerConnector connector;
  private final String host;

  private HttpServer(Server server, ServerConnector connector, String host) {
    this.server = server;
    this.connector = connector;
    this.host = host;
  }

  /**
   * Starts the server. Its threads get the context class loader of the caller.
   *
   * @throws IOException if the address cannot be listened at
   */
  public static HttpServer start(
      ServingSettings settings, ServingApi api, ServingMetrics metrics, Consumer<String> log)
      throws IOException {
    QueuedThreadPool threads = new RequestThreads(settings.limits().requests() + OTHER_THREADS);
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setMinRequestDataRate(FEWEST_BYTES_PER_SECOND);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(new GracefulHandler(new ApiHandler(api, metrics, log)));
    server.setErrorHandler(HttpServer::sendError);
    server.setStopTimeout(settings.limits().stop().toMillis());
    server.setStopAtShutdown(false);
    try {
      server.start();
    } catch (IOException e) {
      stop(server);
      throw e;
    } catch (Exception e) {
      stop(server);
      throw new IllegalStateException("the HTTP server does not start", e);
    }
    return new HttpServer(server, connector, settings.host());
  }

  /** The threads of Jetty, under the context class loader of the thread that creates them. */
  private static final class RequestThreads extends QueuedThreadPool {

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    RequestThreads(int most) {
      super(most, Math.min(FEWEST_THREADS, most), (int) Duration.ofMinutes(1).toMillis());
      setName("http");
      setDaemon(true);
    }

    @Override
    public Thread newThread(Runnable job) {
      Thread thread = super.newThread(job);
      thread.setContextClassLoader(loader);
      return thread;
    }
  }

  /** Answers what Jetty refuses itself, such as a malformed header. */
  private static boolean sendError(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : HttpStatus.BAD_REQUEST_400;
    String message =
        status == HttpStatus.SERVICE_UNAVAILABLE_503
            ? "the server is stopping"
            : "the request is refused: " + HttpStatus.getMessage(status);
    ApiHandler.send(ErrorAnswer.answer(status, message, ""), response, callback);
    return true;
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not stop", e);
    }
  }

  /** Returns the address of the server. */
  public URI address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://%s:%d".formatted(name, connector.getLocalPort()));
  }

  /** Refuses new requests, waits for those in flight, and stops. */
  @Override
  public void close() {
    stop(server);
  }
}
