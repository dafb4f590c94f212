package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

class SoftwareBillTest {

  private final Path file =
      ReleaseFolder.file("gantry-" + System.getProperty("release.version") + ".cdx.json");

  private List<JsonNode> components() throws IOException {
    return StreamSupport.stream(
            new ObjectMapper().readTree(file.toFile()).path("components").spliterator(), false)
        .toList();
  }

  @Test
  void theBillFollowsTheSchema() throws IOException {
    assertEquals(List.of(), new JsonParser().validate(file.toFile(), Version.VERSION_16));
  }

  @Test
  void everyJarIsThereWithItsHash() throws IOException {
    Set<String> hashes = new TreeSet<>();
    for (JsonNode component : components()) {
      component.path("hashes").forEach(hash -> hashes.add(hash.path("content").asText()));
    }
    for (String folder : List.of("lib", "bundles", "plugins", "repository")) {
      try (Stream<Path> files = Files.list(ReleaseFolder.product().resolve(folder))) {
        for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).toList()) {
          assertTrue(hashes.contains(ChecksumFile.sha256(jar)), jar + " is not in the bill");
        }
      }
    }
  }

  @Test
  void librariesWithinBundlesAndTheRunTimeAreThere() throws IOException {
    Set<String> names = new TreeSet<>();
    components().forEach(component -> names.add(component.path("name").asText()));
    assertTrue(names.containsAll(Set.of("maven-model", "fontbox", "OpenJDK")), names.toString());
    for (JsonNode component : components()) {
      assertTrue(component.path("licenses").size() > 0, component.toString());
    }
  }
}
