package org.gantry.serving.internal.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, without the server behind it.
 *
 * @param method such as {@code GET}
 * @param path the decoded path
 * @param query the values of each parameter, by name
 * @param contentType the type of the body without parameters, in lower case; empty if unstated
 * @param authorization the header of that name; empty if it is missing
 * @param body the body; it can be read once
 */
record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    String contentType,
    Optional<String> authorization,
    InputStream body) {}
