package org.gantry.serving.internal.http;

import java.util.Optional;

/** A request that is not answered as it asks, with the status that says so. */
final class RefusalException extends RuntimeException {

  static final int WRONG = 400;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int WRONG_METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int WRONG_TYPE = 415;
  static final int BUSY = 503;

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String fix;
  private final transient Optional<ExtraHeader> header;

  /** A header that belongs to the status. */
  record ExtraHeader(String name, String value) {}

  RefusalException(int status, String message, String fix) {
    this(status, message, fix, Optional.empty());
  }

  private RefusalException(int status, String message, String fix, Optional<ExtraHeader> header) {
    super(message);
    this.status = status;
    this.fix = fix;
    this.header = header;
  }

  /** A request whose value is wrong. */
  static RefusalException wrong(String message, String fix) {
    return new RefusalException(WRONG, message, fix);
  }

  /** A request that can be sent again after some seconds. */
  static RefusalException busy(String message) {
    return new RefusalException(
        BUSY, message, "Send it again later.", Optional.of(new ExtraHeader("Retry-After", "1")));
  }

  static RefusalException unauthorized() {
    return new RefusalException(
        UNAUTHORIZED,
        "this server needs a token",
        "Add the header 'Authorization: Bearer TOKEN'.",
        Optional.of(new ExtraHeader("WWW-Authenticate", "Bearer")));
  }

  static RefusalException wrongMethod(String method, String path, String allowed) {
    return new RefusalException(
        WRONG_METHOD,
        "%s %s: expected %s".formatted(method, path, allowed),
        "",
        Optional.of(new ExtraHeader("Allow", allowed.replace(" or ", ", "))));
  }

  int status() {
    return status;
  }

  String fix() {
    return fix;
  }

  Optional<ExtraHeader> header() {
    return header;
  }
}
