package org.gantry.serving.server;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gantry.recipes.Recipes;
import org.gantry.serving.ModelLocation;
import org.gantry.serving.ServingSettings;
import org.gantry.serving.internal.http.HttpServer;
import org.gantry.serving.internal.http.ServingApi;
import org.gantry.serving.internal.metrics.ServingMetrics;
import org.gantry.serving.internal.model.ServedModel;
import org.gantry.serving.internal.model.ServedModel.ReloadResult;

/** Serves models over HTTP until it is closed. */
public final class ModelServer implements AutoCloseable {

  private final List<ServedModel> models;
  private final ServingApi api;
  private final HttpServer http;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private ModelServer(List<ServedModel> models, ServingApi api, HttpServer http) {
    this.models = models;
    this.api = api;
    this.http = http;
  }

  /**
   * Opens the models, and begins to answer requests.
   *
   * @param models at least one, each with a name of its own
   * @param recipes creates the data set that decodes pictures
   * @param log receives a line about each model, each newer one and each failure; it has to be
   *     thread-safe
   * @throws IOException if the address cannot be listened at
   * @throws RuntimeException if a model cannot be opened
   */
  public static ModelServer start(
      ServingSettings settings, List<ModelLocation> models, Recipes recipes, Consumer<String> log)
      throws IOException {
    ServingMetrics metrics = new ServingMetrics();
    List<ServedModel> opened = new ArrayList<>();
    try {
      for (ModelLocation model : models) {
        opened.add(
            ServedModel.open(
                model,
                (requests, rows, seconds) ->
                    metrics.passDone(model.name(), requests, rows, seconds),
                log));
      }
      ServingApi api = new ServingApi(settings, opened, recipes, metrics);
      HttpServer http = HttpServer.start(settings, api, metrics, log);
      ModelServer server = new ModelServer(opened, api, http);
      server.watch(settings, metrics, log);
      return server;
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(ServedModel::close);
      throw e;
    }
  }

  /** Looks for newer networks from time to time. */
  private void watch(ServingSettings settings, ServingMetrics metrics, Consumer<String> log) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopping.await(settings.reloadEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                  models.forEach(model -> reload(model, metrics, log));
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "serving reload");
    thread.setDaemon(true);
    thread.start();
  }

  private static void reload(ServedModel model, ServingMetrics metrics, Consumer<String> log) {
    try {
      boolean failing = model.problem().isPresent();
      ReloadResult result = model.reload();
      if (result == ReloadResult.REPLACED || (result == ReloadResult.FAILED && !failing)) {
        metrics.reloaded(model.name(), result.name());
      }
    } catch (RuntimeException e) {
      // The next look may succeed; an exception would end the thread.
      log.accept("note: %s: looking for newer networks failed: %s".formatted(model.name(), e));
    }
  }

  /** Returns the address, such as {@code http://127.0.0.1:8080}. */
  public URI address() {
    return http.address();
  }

  /** Refuses new requests, waits for those in flight as long as the limits say, and stops. */
  @Override
  public void close() {
    api.stop();
    stopping.countDown();
    http.close();
    models.forEach(ServedModel::close);
  }
}
