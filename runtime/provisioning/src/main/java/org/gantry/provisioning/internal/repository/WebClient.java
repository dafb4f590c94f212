package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.StateFiles;

/**
 * Downloads files from the web. It does not follow redirects from HTTPS to HTTP.
 *
 * @param offline whether the network must not be used
 * @param timeout the limit for a connection, for an answer, and for each pause within it
 */
public record WebClient(boolean offline, Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final long MOST_BYTES = 2L << 30;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** A client with a timeout of 30 seconds. */
  public static WebClient create(boolean offline) {
    return new WebClient(offline, DEFAULT_TIMEOUT);
  }

  static boolean isWebAddress(String address) {
    return address.startsWith("http://") || address.startsWith("https://");
  }

  /**
   * Downloads a file.
   *
   * @throws IOException if the server does not have it or does not answer in time
   * @throws ProvisioningException if the network must not be used or the address is invalid
   */
  public void fetch(URI address, Path file) throws IOException {
    if (!fetchIfPresent(address, file)) {
      throw new IOException("there is no " + address);
    }
  }

  /** Downloads a file; returns false if the server does not have it. */
  boolean fetchIfPresent(URI address, Path file) throws IOException {
    if (offline) {
      throw ProvisioningException.refused(
          address + " cannot be read without the network",
          "Leave out --offline, or name a repository that is a folder.");
    }
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(timeout).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() == NOT_FOUND) {
          return false;
        } else if (response.statusCode() != OK) {
          throw new IOException(address + " answers with status " + response.statusCode());
        }
        long size =
            response.headers().firstValueAsLong("Content-Length").orElse(StateFiles.UNKNOWN_SIZE);
        try {
          copy(in, file, address);
        } catch (IOException e) {
          throw StateFiles.explain(e, address.toString(), file.getParent(), size);
        }
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the download of " + address + " was interrupted", e);
    } catch (IllegalArgumentException e) {
      throw new ProvisioningException(
          true,
          address + " is not a web address: " + e.getMessage(),
          "Use the form https://HOST/PATH.",
          e);
    } catch (HttpTimeoutException e) {
      throw timedOut(address, e);
    } catch (ConnectException e) {
      throw new IOException(address + " cannot be reached", e);
    }
  }

  private IOException timedOut(URI address, IOException cause) {
    return new IOException(
        "%s sent no data for %d seconds".formatted(address, timeout.toSeconds()), cause);
  }

  private void copy(InputStream in, Path file, URI address) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    ReadTimeout readTimeout = new ReadTimeout(in, timeout);
    try (readTimeout;
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        readTimeout.reset();
        size += n;
        if (size > MOST_BYTES) {
          throw new IOException(address + " is larger than the limit of 2 GiB");
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw readTimeout.isExpired() ? timedOut(address, e) : e;
    }
    if (readTimeout.isExpired()) {
      throw timedOut(address, null);
    }
  }

  /** Closes a stream if too much time passes between two calls of {@link #reset}. */
  private static final class ReadTimeout implements AutoCloseable {

    private final InputStream stream;
    private final Duration timeout;
    private final Timer timer = new Timer("read-timeout", true);
    private volatile long lastReset = System.nanoTime();
    private volatile boolean expired;

    ReadTimeout(InputStream stream, Duration timeout) {
      this.stream = stream;
      this.timeout = timeout;
      long interval = Math.max(1, timeout.toMillis() / 4);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              check();
            }
          },
          interval,
          interval);
    }

    private void check() {
      if (System.nanoTime() - lastReset > timeout.toNanos()) {
        expired = true;
        try {
          stream.close();
        } catch (IOException e) {
          // The reader finds out by isExpired().
          return;
        }
      }
    }

    void reset() {
      lastReset = System.nanoTime();
    }

    boolean isExpired() {
      return expired;
    }

    @Override
    public void close() {
      timer.cancel();
    }
  }
}
