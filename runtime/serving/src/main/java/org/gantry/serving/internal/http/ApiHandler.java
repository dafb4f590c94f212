package org.gantry.serving.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.gantry.host.support.ErrorText;
import org.gantry.serving.internal.metrics.ServingMetrics;

/** Hands the requests of Jetty to the service, on the threads of Jetty. */
final class ApiHandler extends Handler.Abstract {

  private static final double NANOSECONDS = 1e9;

  private final ServingApi api;
  private final ServingMetrics metrics;
  private final Consumer<String> log;

  ApiHandler(ServingApi api, ServingMetrics metrics, Consumer<String> log) {
    this.api = api;
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String route = "unknown";
    ApiAnswer answer;
    try {
      ApiRequest asked = request(request);
      route = ServingApi.route(asked);
      answer = api.answer(asked);
    } catch (BadMessageException e) {
      answer = ErrorAnswer.answer(e.getCode(), ErrorText.message(e), "");
    } catch (RuntimeException | Error e) {
      // One request must not end the server, whatever a sampler or an upload does.
      ErrorAnswer error = ErrorAnswer.of(e);
      if (error.defect()) {
        log.accept(
            "%s %s failed: %s"
                .formatted(request.getMethod(), Request.getPathInContext(request), reason(e)));
      }
      answer = error.answer();
    }
    double seconds = (System.nanoTime() - request.getHeadersNanoTime()) / NANOSECONDS;
    metrics.answered(route, answer.status(), seconds);
    send(answer, response, callback);
    return true;
  }

  private static String reason(Throwable failure) {
    return ErrorText.chain(failure);
  }

  private static ApiRequest request(Request request) {
    String method = request.getMethod();
    return new ApiRequest(
        method.equals("HEAD") ? "GET" : method,
        Request.getPathInContext(request),
        query(request),
        contentType(request),
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
        Request.asInputStream(request));
  }

  private static Map<String, List<String>> query(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        query.put(field.getName(), field.getValues());
      }
    } catch (IllegalArgumentException e) {
      throw RefusalException.wrong("the address has a query that is not valid UTF-8", "");
    }
    return query;
  }

  private static String contentType(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  /** Sends an answer in one piece. */
  static void send(ApiAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, answer.body().duplicate(), callback);
  }
}
