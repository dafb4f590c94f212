package org.gantry.serving;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gantry.recipes.Recipes;
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
  private final ScheduledExecutorService clock;

  private ModelServer(
      List<ServedModel> models, ServingApi api, HttpServer http, ScheduledExecutorService clock) {
    this.models = models;
    this.api = api;
    this.http = http;
    this.clock = clock;
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
      return new ModelServer(opened, api, http, watch(settings, opened, metrics, log));
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(ServedModel::close);
      throw e;
    }
  }

  /** Looks for newer networks from time to time. */
  private static ScheduledExecutorService watch(
      ServingSettings settings,
      List<ServedModel> models,
      ServingMetrics metrics,
      Consumer<String> log) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "serving reload");
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
    long millis = settings.reloadEvery().toMillis();
    clock.scheduleWithFixedDelay(
        () -> models.forEach(model -> reload(model, metrics, log)),
        millis,
        millis,
        TimeUnit.MILLISECONDS);
    return clock;
  }

  private static void reload(ServedModel model, ServingMetrics metrics, Consumer<String> log) {
    try {
      boolean failing = model.problem().isPresent();
      ReloadResult result = model.reload();
      if (result == ReloadResult.REPLACED || (result == ReloadResult.FAILED && !failing)) {
        metrics.reloaded(model.name(), result.name());
      }
    } catch (RuntimeException e) {
      // The next look may succeed; an exception would end the clock.
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
    clock.shutdown();
    http.close();
    models.forEach(ServedModel::close);
  }
}
