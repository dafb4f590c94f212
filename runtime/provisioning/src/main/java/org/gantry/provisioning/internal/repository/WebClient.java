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
import java.util.Set;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.repository.DownloadWatch.DownloadLimits;

/**
 * Downloads files from the web. It follows redirects within a host only, because the user chose
 * whom to trust by the address, and never from HTTPS to HTTP.
 *
 * @param offline whether the network must not be used
 * @param timeout the limit for a connection, for an answer, and for each pause within it
 */
public record WebClient(boolean offline, Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration WHOLE_LIMIT = Duration.ofMinutes(60);
  private static final long MOST_BYTES = 2L << 30;
  private static final int MOST_REDIRECTS = 5;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

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
   * @throws ProvisioningException if the network must not be used, the address is invalid, or the
   *     server redirects to another host
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
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      URI next = address;
      for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        HttpRequest request = HttpRequest.newBuilder(next).timeout(timeout).build();
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (!REDIRECTS.contains(response.statusCode())) {
          return save(response, address, file);
        }
        response.body().close();
        next = redirect(next, response.headers().firstValue("Location").orElse(""));
      }
      throw new IOException(address + " is redirected more than " + MOST_REDIRECTS + " times");
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
      throw new IOException(
          "%s sent no data for %d seconds".formatted(address, timeout.toSeconds()), e);
    } catch (ConnectException e) {
      throw new IOException(address + " cannot be reached", e);
    }
  }

  /**
   * The address that a server redirects to.
   *
   * @throws ProvisioningException if it is on another host, or would be read without encryption
   */
  static URI redirect(URI from, String location) throws IOException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " is redirected to an invalid address", e);
    }
    boolean sameHost = from.getHost() != null && from.getHost().equalsIgnoreCase(to.getHost());
    boolean samePlace = from.getScheme().equals(to.getScheme()) && port(from) == port(to);
    boolean encrypted =
        from.getScheme().equals("http")
            && "https".equals(to.getScheme())
            && from.getPort() < 0
            && to.getPort() < 0;
    if (sameHost && (samePlace || encrypted)) {
      return to;
    }
    String place = to.getScheme() + "://" + to.getRawAuthority();
    throw ProvisioningException.refused(
        from + " is redirected to " + place + ", which is another place than the one you named",
        "If you trust " + place + ", use an address there.");
  }

  private static int port(URI address) {
    return address.getPort() >= 0
        ? address.getPort()
        : address.getScheme().equals("http") ? 80 : 443;
  }

  private boolean save(HttpResponse<InputStream> response, URI address, Path file)
      throws IOException {
    try (InputStream in = response.body()) {
      if (response.statusCode() == NOT_FOUND) {
        return false;
      } else if (response.statusCode() != OK) {
        throw new IOException(address + " answers with status " + response.statusCode());
      }
      long size =
          response.headers().firstValueAsLong("Content-Length").orElse(StateFiles.UNKNOWN_SIZE);
      boolean complete = false;
      try {
        copy(in, file, address);
        complete = true;
        return true;
      } catch (IOException e) {
        throw StateFiles.explain(e, address.toString(), file.getParent(), size);
      } finally {
        if (!complete) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void copy(InputStream in, Path file, URI address) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    DownloadWatch watch = new DownloadWatch(in, new DownloadLimits(timeout, WHOLE_LIMIT));
    try (watch;
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        watch.received(n);
        size += n;
        if (size > MOST_BYTES) {
          throw new IOException(address + " is larger than the limit of 2 GiB");
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw watch.expired().map(reason -> new IOException(address + " " + reason, e)).orElse(e);
    }
    if (watch.expired().isPresent()) {
      throw new IOException(address + " " + watch.expired().get());
    }
  }
}
