package org.gantry.serving.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.NearestName;
import org.gantry.serving.ServingSettings;
import org.gantry.serving.internal.metrics.ServingMetrics;
import org.gantry.serving.internal.model.ModelLease;
import org.gantry.serving.internal.model.ServedModel;

/** All that can be asked of the server, without the server itself. Thread-safe. */
public final class ServingApi {

  private static final int UNAVAILABLE = 503;

  private final ServingSettings settings;
  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private final ServingMetrics metrics;
  private final SampleEndpoint samples;
  private final TranslationEndpoint translations;
  private final Semaphore places;
  private volatile boolean stopping;

  /**
   * Creates the service.
   *
   * @param models the models, which the caller closes
   * @param recipes creates the data set that decodes pictures
   */
  public ServingApi(
      ServingSettings settings, List<ServedModel> models, Recipes recipes, ServingMetrics metrics) {
    this.settings = settings;
    models.forEach(model -> this.models.put(model.name(), model));
    this.metrics = metrics;
    samples = new SampleEndpoint(recipes, settings.limits());
    translations = new TranslationEndpoint(recipes, settings.limits());
    places = new Semaphore(settings.limits().requests());
  }

  /** Announces that the server stops: it is no longer ready for requests. */
  public void stop() {
    stopping = true;
  }

  /**
   * Answers a request.
   *
   * @throws RuntimeException if it cannot be answered, which {@link ErrorAnswer} describes
   */
  ApiAnswer answer(ApiRequest request) {
    String[] parts = parts(request);
    String route = route(parts);
    String allowed = allowed(route);
    if (!route.isEmpty() && !Arrays.asList(allowed.split(" or ", -1)).contains(request.method())) {
      throw RefusalException.wrongMethod(request.method(), request.path(), allowed);
    }
    boolean open = List.of("page", "openapi", "health", "ready").contains(route);
    if (!open && settings.token().isPresent()) {
      if (!settings.token().get().isStatedBy(request.authorization().orElse(null))) {
        throw RefusalException.unauthorized();
      }
    }
    return switch (route) {
      case "page" -> resource("page.html", "text/html; charset=utf-8");
      case "openapi" -> resource("openapi.json", ApiAnswer.JSON);
      case "health" -> ApiAnswer.json(ApiAnswer.OK, JsonText.object("status", "up"));
      case "ready" ->
          stopping
              ? ErrorAnswer.answer(UNAVAILABLE, "the server is stopping", "")
              : ApiAnswer.json(ApiAnswer.OK, JsonText.object("status", "ready"));
      case "metrics" ->
          ApiAnswer.text(
              ApiAnswer.OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text(this::gauges));
      case "models" ->
          ApiAnswer.json(
              ApiAnswer.OK,
              JsonText.object(
                  "models", models.values().stream().map(ModelDescription::of).toList()));
      case "model" -> ApiAnswer.json(ApiAnswer.OK, ModelDescription.of(model(parts[1])));
      case "reload" -> reload(model(parts[1]));
      case "samples" ->
          work(model(parts[1]), lease -> samples.answer(parts[1], lease.networks(), request));
      case "translations" ->
          work(model(parts[1]), lease -> translations.answer(parts[1], lease.networks(), request));
      default ->
          throw new RefusalException(
              RefusalException.NOT_FOUND,
              "there is nothing at " + request.path(),
              "GET /openapi.json describes what there is.");
    };
  }

  private static String[] parts(ApiRequest request) {
    return request.path().replaceFirst("^/", "").split("/", -1);
  }

  /** The kind of a request, for measurements. */
  static String route(ApiRequest request) {
    String route = route(parts(request));
    return route.isEmpty() ? "unknown" : route;
  }

  private static String route(String... parts) {
    if (parts.length == 1) {
      return switch (parts[0]) {
        case "" -> "page";
        case "openapi.json" -> "openapi";
        case "health", "ready", "metrics", "models" -> parts[0];
        default -> "";
      };
    } else if (parts[0].equals("models") && parts.length <= 3) {
      return parts.length == 2
          ? "model"
          : List.of("samples", "translations", "reload").contains(parts[2]) ? parts[2] : "";
    }
    return "";
  }

  private static String allowed(String route) {
    return switch (route) {
      case "samples" -> "GET or POST";
      case "translations", "reload" -> "POST";
      default -> "GET";
    };
  }

  private ServedModel model(String name) {
    ServedModel model = models.get(name);
    if (model == null) {
      throw new RefusalException(
          RefusalException.NOT_FOUND,
          "there is no model '%s'".formatted(name),
          NearestName.find(name, List.copyOf(models.keySet()))
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("The models are %s.".formatted(String.join(", ", models.keySet()))));
    }
    return model;
  }

  /** Something that networks are leased for. */
  private interface LeasedWork {
    ApiAnswer answer(ModelLease lease);
  }

  private ApiAnswer work(ServedModel model, LeasedWork work) {
    if (!places.tryAcquire()) {
      throw RefusalException.busy(
          "the server works on %d requests already".formatted(settings.limits().requests()));
    }
    try (ModelLease lease = model.lease()) {
      return work.answer(lease);
    } finally {
      places.release();
    }
  }

  private ApiAnswer reload(ServedModel model) {
    ServedModel.ReloadResult result = model.reload();
    if (result != ServedModel.ReloadResult.UNCHANGED) {
      metrics.reloaded(model.name(), result.name());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("replaced", result == ServedModel.ReloadResult.REPLACED);
    answer.putAll(ModelDescription.of(model));
    return ApiAnswer.json(ApiAnswer.OK, answer);
  }

  private Map<String, Long> gauges() {
    Map<String, Long> gauges = new LinkedHashMap<>();
    int used = settings.limits().requests() - places.availablePermits();
    gauges.put("gantry_requests_in_flight", (long) used);
    models.forEach(
        (name, model) ->
            gauges.put(
                "gantry_queue_length{model=\"%s\"}".formatted(name), (long) model.queueLength()));
    models.forEach(
        (name, model) -> {
          try (ModelLease lease = model.lease()) {
            gauges.put("gantry_model_step{model=\"%s\"}".formatted(name), lease.networks().step());
          }
        });
    models.forEach(
        (name, model) ->
            gauges.put(
                "gantry_model_stale{model=\"%s\"}".formatted(name),
                model.problem().isPresent() ? 1L : 0L));
    return gauges;
  }

  private static ApiAnswer resource(String name, String type) {
    try (InputStream in = ServingApi.class.getResourceAsStream(name)) {
      return ApiAnswer.text(
          ApiAnswer.OK, type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the bundle is incomplete", e);
    }
  }
}
