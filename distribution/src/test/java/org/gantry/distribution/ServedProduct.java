package org.gantry.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.distribution.Product.RunningCommand;

/**
 * The product in a process that serves models, and a client.
 *
 * @param process the process
 * @param address such as {@code http://127.0.0.1:34567}
 * @param client sends requests
 */
record ServedProduct(RunningCommand process, URI address, HttpClient client)
    implements AutoCloseable {

  /** Starts to serve on a free port of this machine, and waits until requests are answered. */
  static ServedProduct start(Product product, String... arguments) {
    List<String> words = new ArrayList<>(List.of("serve", "--port", "0"));
    words.addAll(List.of(arguments));
    RunningCommand process = product.start(words.toArray(String[]::new));
    process.awaitOut("\n");
    return new ServedProduct(
        process, URI.create(process.outSoFar().strip()), HttpClient.newHttpClient());
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).GET().build());
  }

  HttpResponse<byte[]> post(String path, String type, byte[] body) {
    return send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Stops the server by a signal and returns how it ended. */
  CommandResult terminate() {
    process.terminate();
    return process.awaitResult();
  }

  @Override
  public void close() {
    process.close();
  }
}
