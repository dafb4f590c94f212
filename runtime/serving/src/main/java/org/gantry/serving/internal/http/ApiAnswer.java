package org.gantry.serving.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.host.support.JsonText;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param body the body, from its position to its limit
 * @param headers further headers
 */
record ApiAnswer(int status, String contentType, ByteBuffer body, Map<String, String> headers) {

  static final int OK = 200;

  static final String PNG = "image/png";
  static final String JSON = "application/json";

  /** An answer without further headers, whose body is not copied. */
  ApiAnswer(int status, String contentType, byte[] body) {
    this(status, contentType, ByteBuffer.wrap(body), Map.of());
  }

  /** An answer in JSON of maps, collections, numbers, texts and so on. */
  static ApiAnswer json(int status, Object value) {
    return text(status, JSON, JsonText.of(value) + "\n");
  }

  static ApiAnswer text(int status, String contentType, String text) {
    return new ApiAnswer(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  ApiAnswer withHeader(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value.toString());
    return new ApiAnswer(status, contentType, body, more);
  }
}
