package org.gantry.provisioning.internal.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.gantry.provisioning.ProvisioningException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of jars that an index may contain. */
class RepositoryLocationTest {

  private static final RepositoryLocation FOLDER =
      RepositoryLocation.ofFolder("my shelf", Path.of("/srv/my shelf"));
  private static final RepositoryLocation WEB =
      RepositoryLocation.ofWeb("https://example.org/shelf");

  private static PluginIndex.IndexEntry at(String url) {
    return new PluginIndex.IndexEntry("org.acme.losses", "1.0.0", "", url, "", 0, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.jar", "./x.jar", "a/../x.jar"})
  void jarMayLieInTheFolderOfItsRepository(String url) {
    assertEquals(Path.of("/srv/my shelf/x.jar"), Path.of(FOLDER.jarLocation(at(url))));
    assertEquals("https://example.org/shelf/x.jar", WEB.jarLocation(at(url)).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "../x.jar",
        "a/../../x.jar",
        "%2e%2e/x.jar",
        "..%2fx.jar",
        "a/%2E%2E/%2E%2E/x.jar",
        "..\\x.jar",
        "..%5cx.jar",
        "x%00.jar",
        "/etc/passwd",
        "//elsewhere.org/shelf/x.jar",
        "/srv/my%20shelf-of-others/x.jar",
        "/shelf-of-others/x.jar",
        "file:/etc/passwd",
        "file:x.jar",
        "jar:file:/srv/my%20shelf/x.jar!/y",
        "mailto:user",
        "http://example.org/shelf/x.jar",
        "https://example.org:8443/shelf/x.jar",
        "https://elsewhere.org/shelf/x.jar",
        "x.jar?y",
        "x.jar#y",
        "a b.jar",
        "%zz.jar",
        "::"
      })
  void jarElsewhereIsRefused(String url) {
    for (RepositoryLocation location : List.of(FOLDER, WEB)) {
      String message =
          assertThrows(ProvisioningException.class, () -> location.jarLocation(at(url)))
              .getMessage();
      assertTrue(
          message.startsWith(
              "the index of %s has org.acme.losses 1.0.0 at '%s', which "
                  .formatted(location.address(), url)),
          message);
    }
  }
}
