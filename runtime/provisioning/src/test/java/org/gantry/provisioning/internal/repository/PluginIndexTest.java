package org.gantry.provisioning.internal.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The names and versions of plugins that an index may contain. */
class PluginIndexTest {

  private static PluginIndex read(String name, String version) throws IOException {
    String text =
        """
        <repository>
          <resource>
            <capability namespace="osgi.identity">
              <attribute name="osgi.identity" value="%s"/>
              <attribute name="version" type="Version" value="%s"/>
            </capability>
            <capability namespace="osgi.content">
              <attribute name="osgi.content" value="%s"/>
              <attribute name="url" value="x.jar"/>
            </capability>
          </resource>
        </repository>
        """
            .formatted(name, version, "0".repeat(64));
    return PluginIndex.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void versionIsNormalized() throws IOException {
    assertEquals("1.2.0", read("org.acme.losses", "1.2").entries().get(0).version());
  }

  @Test
  void nameThatIsAPathIsRefused() {
    assertEquals(
        "it contains a plugin with the invalid name '../../losses'",
        assertThrows(IOException.class, () -> read("../../losses", "1.0.0")).getMessage());
  }

  @Test
  void versionThatIsAPathIsRefused() {
    assertEquals(
        "it contains org.acme.losses with the invalid version '1.0.0.a/../b'",
        assertThrows(IOException.class, () -> read("org.acme.losses", "1.0.0.a/../b"))
            .getMessage());
  }
}
