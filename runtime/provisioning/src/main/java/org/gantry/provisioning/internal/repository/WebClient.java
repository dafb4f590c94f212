package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.DiskSpace;

/**
 * Files of the web.
 *
 * @param offline whether it must be left alone
 * @param timeout how long to wait for a connection, an answer, or any more of it
 */
public record WebClient(boolean offline, Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final long LARGEST = 2L << 30;
  private static final int FOUND = 200;
  private static final int NOT_FOUND = 404;

  /** Waits for 30 seconds at most. */
  public static WebClient create(boolean offline) {
    return new WebClient(offline, DEFAULT_TIMEOUT);
  }

  public static boolean isWebAddress(String address) {
    return address.startsWith("http://") || address.startsWith("https://");
  }

  public void fetch(URI address, Path file) throws IOException {
    if (!fetchIfPresent(address, file)) {
      throw new IOException("there is no " + address);
    }
  }

  /** Gets a file; false if there is none at this address. */
  boolean fetchIfPresent(URI address, Path file) throws IOException {
    if (offline) {
      throw ProvisioningException.refused(
          address + " is not asked, for the network is to be left alone",
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
        } else if (response.statusCode() != FOUND) {
          throw new IOException(address + " answers with status " + response.statusCode());
        }
        long size =
            response.headers().firstValueAsLong("Content-Length").orElse(DiskSpace.UNKNOWN_SIZE);
        try {
          copy(in, file, address);
        } catch (IOException e) {
          throw DiskSpace.explain(e, address.toString(), file.getParent(), size);
        }
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + address + " was fetched", e);
    } catch (IllegalArgumentException e) {
      throw new ProvisioningException(
          true, address + " is no address: " + e.getMessage(), "Write it as a browser would.", e);
    } catch (HttpTimeoutException e) {
      throw silent(address, e);
    } catch (java.net.ConnectException e) {
      throw new IOException(address + " cannot be reached", e);
    }
  }

  private IOException silent(URI address, IOException cause) {
    return new IOException(
        "nothing more came from %s for %d seconds".formatted(address, timeout.toSeconds()), cause);
  }

  private void copy(InputStream in, Path file, URI address) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    ReadTimeout stall = new ReadTimeout(in, timeout);
    try (stall;
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        stall.reset();
        size += n;
        if (size > LARGEST) {
          throw new IOException(address + " is larger than any plugin");
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw stall.isExpired() ? silent(address, e) : e;
    }
    if (stall.isExpired()) {
      throw silent(address, null);
    }
  }
}
