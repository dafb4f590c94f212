package org.gantry.serving.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.serving.AccessToken;
import org.gantry.serving.ModelLocation;
import org.gantry.serving.ServingLimits;
import org.gantry.serving.ServingSettings;
import org.gantry.serving.TinySource;
import org.gantry.serving.internal.metrics.ServingMetrics;
import org.gantry.serving.internal.model.OverloadException;
import org.gantry.serving.internal.model.ServedModel;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@TensorTest
class ServingApiTest {

  private static final String SECRET = "0123456789abcdef";

  private final List<ServedModel> models = new ArrayList<>();

  private record TinyLocation(TinySource source) implements ModelLocation {

    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public String label() {
      return "runs/tiny";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public OpenedModel open() {
      return new OpenedModel(source, List.of());
    }

    @Override
    public OpenedModel openNewest() {
      return open();
    }
  }

  private ServingApi api(TinySource source, int requests, Duration patience, String token) {
    models.add(ServedModel.open(new TinyLocation(source), (r, rows, seconds) -> {}, line -> {}));
    return new ServingApi(
        new ServingSettings(
            "127.0.0.1",
            0,
            Optional.of(token).filter(text -> !text.isEmpty()).map(AccessToken::of),
            new ServingLimits(requests, 10, 1000, 1000, patience, Duration.ofSeconds(5)),
            Duration.ofHours(1)),
        models,
        null,
        new ServingMetrics());
  }

  private ServingApi api() {
    return api(TinySource.atStep(7), 4, Duration.ofMinutes(1), "");
  }

  @AfterEach
  void closeModels() {
    models.forEach(ServedModel::close);
  }

  private static ApiRequest request(String method, String path, String type, String body) {
    return new ApiRequest(
        method,
        path,
        Map.of(),
        type,
        Optional.empty(),
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static ApiRequest get(String path) {
    return request("GET", path, "", "");
  }

  private static ApiRequest samples(String json) {
    return request("POST", "/models/tiny/samples", "application/json", json);
  }

  private static String text(ApiAnswer answer) {
    return StandardCharsets.UTF_8.decode(answer.body().duplicate()).toString();
  }

  private static void assertRefused(
      int status, String message, String fix, ServingApi api, ApiRequest request) {
    ApiAnswer answer =
        ErrorAnswer.of(assertThrows(RuntimeException.class, () -> api.answer(request))).answer();
    assertEquals(status, answer.status(), text(answer));
    assertTrue(text(answer).contains(message), text(answer));
    assertTrue(text(answer).contains(fix), text(answer));
  }

  @Test
  void sameSeedIsTheSameAnswerAndAnotherIsNot() {
    ServingApi api = api();
    String first = text(api.answer(samples("{\"count\": 3, \"seed\": 5, \"format\": \"json\"}")));

    assertEquals(
        first, text(api.answer(samples("{\"count\": 3, \"seed\": 5, \"format\": \"json\"}"))));
    assertFalse(
        first.equals(
            text(api.answer(samples("{\"count\": 3, \"seed\": 6, \"format\": \"json\"}")))));
    assertTrue(first.contains("\"step\" : 7"), first);
  }

  @Test
  void chosenSeedIsStatedSoThatTheAnswerCanBeRepeated() {
    ServingApi api = api();
    ApiAnswer first = api.answer(samples("{\"count\": 3}"));
    String seed = first.headers().get("Gantry-Seed");

    ApiAnswer again = api.answer(samples("{\"count\": 3, \"seed\": " + seed + "}"));

    assertEquals(first.body(), again.body());
    assertEquals("image/png", again.contentType());
  }

  @Test
  void whatIsNotThereIsRefusedWithTheNearest() {
    ServingApi api = api();

    assertRefused(404, "there is no model 'tini'", "'tiny'", api, get("/models/tini"));
    assertRefused(404, "there is nothing at /model", "openapi.json", api, get("/model"));
    assertRefused(404, "there is nothing at /models/tiny/x", "", api, get("/models/tiny/x"));
    assertRefused(405, "expected POST", "", api, get("/models/tiny/translations"));
    assertRefused(
        400,
        "use generatr: the networks cannot make that",
        "Did you mean 'generator'?",
        api,
        samples("{\"use\": \"generatr\"}"));
    assertRefused(
        400,
        "given.label: the generator is not made of it",
        "random codes alone",
        api,
        samples("{\"given\": {\"label\": 1}}"));
    assertRefused(
        400,
        "the model tiny is not a translation of pictures",
        "",
        api,
        request("POST", "/models/tiny/translations", "image/png", "x"));
    assertRefused(
        415,
        "the type text/plain is not application/json",
        "",
        api,
        request("POST", "/models/tiny/samples", "text/plain", "x"));
  }

  @Test
  void requestsBeyondTheLimitAreRefusedAtOnceAndCanBeSentAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    boolean[] blocking = {false};
    TinySource slow =
        TinySource.changed(
            (made, codes) -> {
              if (blocking[0]) {
                begun.countDown();
                try {
                  released.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              return made;
            });
    ServingApi api = api(slow, 1, Duration.ofMinutes(1), "");
    blocking[0] = true;
    CompletableFuture<ApiAnswer> first =
        CompletableFuture.supplyAsync(() -> api.answer(samples("{\"seed\": 1}")));
    begun.await();

    RefusalException refusal =
        assertThrows(RefusalException.class, () -> api.answer(samples("{\"seed\": 2}")));
    ApiAnswer answer = ErrorAnswer.of(refusal).answer();
    assertEquals(503, answer.status());
    assertEquals("1", answer.headers().get("Retry-After"));
    assertEquals(200, api.answer(get("/health")).status());
    assertTrue(text(api.answer(get("/metrics"))).contains("gantry_requests_in_flight 1\n"));

    released.countDown();
    assertEquals(200, first.get().status());
    assertEquals(200, api.answer(samples("{\"seed\": 2}")).status());
  }

  @Test
  void tokenIsNeededForAllButThePageAndTheProbes() {
    ServingApi api = api(TinySource.atStep(1), 4, Duration.ofMinutes(1), SECRET);

    assertRefused(401, "needs a token", "Bearer", api, get("/models"));
    assertRefused(401, "needs a token", "Bearer", api, get("/metrics"));
    assertRefused(401, "needs a token", "Bearer", api, get("/models/other"));
    for (String path : List.of("/", "/health", "/ready", "/openapi.json")) {
      assertEquals(200, api.answer(get(path)).status(), path);
    }
    ApiRequest allowed =
        new ApiRequest(
            "GET",
            "/models",
            Map.of(),
            "",
            Optional.of("Bearer " + SECRET),
            InputStream.nullInputStream());
    assertEquals(200, api.answer(allowed).status());
  }

  @Test
  void stoppingServerIsAliveButNotReady() {
    ServingApi api = api();
    assertEquals(200, api.answer(get("/ready")).status());

    api.stop();

    assertEquals(503, api.answer(get("/ready")).status());
    assertEquals(200, api.answer(get("/health")).status());
  }

  @Test
  void failuresAreSentencesWithoutATrace() {
    TinySource broken =
        TinySource.changed(
            (made, codes) -> {
              throw new IllegalStateException("broken\n\tat some.place(Here.java:1)");
            });

    ApiAnswer answer =
        ErrorAnswer.of(
                assertThrows(
                    RuntimeException.class,
                    () -> api(broken, 4, Duration.ofMinutes(1), "").answer(samples("{}"))))
            .answer();

    assertEquals(500, answer.status());
    assertFalse(text(answer).contains("\\n"), text(answer));
    assertEquals(503, ErrorAnswer.of(new OverloadException("full")).answer().status());
    assertEquals(503, ErrorAnswer.of(new OutOfMemoryError()).answer().status());
  }

  @Test
  void bodiesAreReadUpToTheirLimit() {
    byte[] bytes = new byte[100];

    assertEquals(100, RequestBody.read(new ByteArrayInputStream(bytes), 100).length);
    assertEquals(
        413,
        assertThrows(
                RefusalException.class, () -> RequestBody.read(new ByteArrayInputStream(bytes), 99))
            .status());
  }

  @Test
  void descriptionForProgramsHasEveryRoute() throws IOException {
    JsonNode paths =
        JsonFiles.parse(text(api().answer(get("/openapi.json"))).getBytes(StandardCharsets.UTF_8))
            .path("paths");
    TreeSet<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          described.add(method + " " + path.getKey());
                          String real = path.getKey().replace("{name}", "tiny");
                          assertFalse(ServingApi.route(get(real)).equals("unknown"), real);
                        }));

    assertEquals(
        new TreeSet<>(
            List.of(
                "get /",
                "get /openapi.json",
                "get /health",
                "get /ready",
                "get /metrics",
                "get /models",
                "get /models/{name}",
                "get /models/{name}/samples",
                "post /models/{name}/samples",
                "post /models/{name}/translations",
                "post /models/{name}/reload")),
        described);
  }
}
