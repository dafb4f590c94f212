package org.gantry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;

/**
 * The bill of materials of a release in the format CycloneDX: every jar, the libraries that bundles
 * contain, and the run time with its libraries of the system.
 *
 * @param version the version of the product
 * @param time of the release
 */
record SoftwareBill(String version, Instant time) {

  private static final String LISTS = "licences/";

  /** The lines of a list before its first library. */
  private static final int HEAD = 3;

  private static final int COLUMNS = 6;
  private static final String GPL_WITH_EXCEPTION = "GPL-2.0-with-classpath-exception";

  /**
   * Writes the bill into a folder, and returns it.
   *
   * @param files those of all archives
   */
  Path write(FileTree files, Path folder) throws IOException {
    List<Component> components = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.files().entrySet()) {
      String path = file.getKey();
      if (path.matches(LISTS + "[^/]+\\.txt")) {
        components.addAll(listed(path, file.getValue(), files));
      } else if (path.matches("(lib|bundles|plugins|repository)/gantry-[^/]+\\.jar")) {
        components.add(own(path, file.getValue()));
      } else if (path.equals("runtime/release")) {
        components.add(
            component("OpenJDK", property(file.getValue(), "JAVA_VERSION"), GPL_WITH_EXCEPTION));
      } else if (path.equals("runtime/" + SystemLibraries.LIST)) {
        for (String line : Files.readAllLines(file.getValue())) {
          String[] words = line.split(" ", 2);
          Component library = component(words[0], words[1], "see runtime/legal/system");
          library.setPurl("pkg:deb/debian/%s@%s".formatted(words[0], words[1]));
          components.add(library);
        }
      }
    }
    Bom bom = new Bom();
    bom.setMetadata(metadata());
    bom.setComponents(components);
    Path file = folder.resolve("gantry-" + version + ".cdx.json");
    try {
      return Files.writeString(
          file, BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString() + "\n");
    } catch (GeneratorException e) {
      throw new IOException("the bill of materials cannot be written: " + e.getMessage(), e);
    }
  }

  private Metadata metadata() {
    Component product = component("gantry", version, "Apache-2.0");
    product.setType(Component.Type.APPLICATION);
    Metadata metadata = new Metadata();
    metadata.setTimestamp(Date.from(time));
    metadata.setComponent(product);
    return metadata;
  }

  /** The libraries that a list of the product names; each list but the first is of one bundle. */
  private static List<Component> listed(String path, Path list, FileTree files) throws IOException {
    String bundle = path.substring(LISTS.length()).replace(".txt", "");
    List<Component> components = new ArrayList<>();
    for (String line : Files.readAllLines(list).stream().skip(HEAD).toList()) {
      String[] columns = line.split(" \\| ", -1);
      if (columns.length != COLUMNS) {
        throw new IOException(
            "%s has a line without %d columns: %s".formatted(list, COLUMNS, line));
      }
      Component library = component(columns[0], columns[1], columns[2]);
      library.setGroup(columns[5]);
      library.setPurl("pkg:maven/%s/%s@%s".formatted(columns[5], columns[0], columns[1]));
      List<Path> jars = jars(columns[0] + "-" + columns[1], files);
      for (Path jar : jars) {
        library.addHash(new Hash(Hash.Algorithm.SHA_256, ChecksumFile.sha256(jar)));
      }
      if (!bundle.equals("libraries")) {
        library.addProperty(property("gantry:contained-in", bundle));
      }
      components.add(library);
    }
    return components;
  }

  /** The jars of a library; the engine has one for each platform. */
  private static List<Path> jars(String base, FileTree files) {
    return files.files().entrySet().stream()
        .filter(
            file -> file.getKey().matches("(lib|bundles)/\\Q" + base + "\\E(-[a-z]+-\\w+)?\\.jar"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Component own(String path, Path jar) throws IOException {
    String name = path.replaceFirst(".*/", "").replace("-" + version + ".jar", "");
    Component component = component(name, version, "Apache-2.0");
    component.setGroup("org.gantry");
    component.setPurl("pkg:maven/org.gantry/%s@%s".formatted(name, version));
    component.addHash(new Hash(Hash.Algorithm.SHA_256, ChecksumFile.sha256(jar)));
    return component;
  }

  private static Component component(String name, String version, String licence) {
    Component component = new Component();
    component.setType(Component.Type.LIBRARY);
    component.setName(name);
    component.setVersion(version);
    License named = new License();
    named.setName(licence);
    LicenseChoice choice = new LicenseChoice();
    choice.addLicense(named);
    component.setLicenses(choice);
    return component;
  }

  private static Property property(String name, String value) {
    Property property = new Property();
    property.setName(name);
    property.setValue(value);
    return property;
  }

  private static String property(Path release, String key) throws IOException {
    Optional<String> line =
        Files.readAllLines(release).stream().filter(l -> l.startsWith(key + "=")).findFirst();
    return line.orElseThrow(() -> new IOException(release + " has no " + key))
        .substring(key.length() + 1)
        .replace("\"", "");
  }
}
