package org.gantry.provisioning.internal.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.gantry.component.Component;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TerminalText;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.internal.trust.PluginManifest;
import org.osgi.framework.Version;

/**
 * The index of a repository, in the XML format of the OSGi repository specification (OSGi
 * Compendium 7, chapter 132). Reads and writes the identity, content and components of bundles, and
 * ignores everything else. Other tools can read these indexes, and this class reads theirs.
 *
 * <p>The library of bnd supports the whole format, but has several megabytes.
 *
 * @param entries the bundles
 */
public record PluginIndex(List<IndexEntry> entries) {

  private static final String XMLNS = "http://www.osgi.org/xmlns/repository/v1.0.0";
  private static final String IDENTITY = "osgi.identity";
  private static final String CONTENT = "osgi.content";
  private static final String DESCRIPTION = "description";
  private static final int LONGEST_TEXT = 1000;

  public PluginIndex {
    entries = List.copyOf(entries);
  }

  /**
   * A bundle.
   *
   * @param url the address of its jar, relative to the index or absolute
   * @param components its components, as {@code kind/name}
   */
  public record IndexEntry(
      String name,
      String version,
      String description,
      String url,
      String sha256,
      long size,
      List<String> components) {}

  public static PluginIndex read(InputStream in) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A hostile index must not make this process read other files.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      byte[] text = in.readNBytes(TextFiles.RECORDED_LIMIT + 1);
      if (text.length > TextFiles.RECORDED_LIMIT) {
        throw new IOException("it has more than %d MB".formatted(TextFiles.RECORDED_LIMIT >> 20));
      }
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(text));
      List<IndexEntry> entries = new ArrayList<>();
      List<Map<String, String>> capabilities = new ArrayList<>();
      boolean repository = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "repository" -> repository = true;
            case "resource" -> capabilities.clear();
            case "capability" ->
                capabilities.add(new HashMap<>(Map.of("", attribute(xml, "namespace"))));
            case "attribute" -> {
              if (!capabilities.isEmpty()) {
                capabilities
                    .get(capabilities.size() - 1)
                    .put(attribute(xml, "name"), attribute(xml, "value"));
              }
            }
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("resource")) {
          add(entries, capabilities);
        }
      }
      if (!repository) {
        throw new IOException("it is not the index of a repository");
      }
      return new PluginIndex(entries);
    } catch (XMLStreamException e) {
      throw new IOException("it is not valid XML: " + ErrorText.line(e.getMessage()), e);
    } catch (NumberFormatException e) {
      throw new IOException("a size in it is not a number", e);
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private static void add(List<IndexEntry> entries, List<Map<String, String>> capabilities)
      throws IOException {
    Map<String, String> identity = first(capabilities, IDENTITY);
    Map<String, String> content = first(capabilities, CONTENT);
    String sha256 = content.getOrDefault(CONTENT, "");
    if (!identity.containsKey(IDENTITY) || !Sha256.isHash(sha256)) {
      return;
    }
    // The name and the version become parts of file names.
    String name = identity.get(IDENTITY);
    if (!PluginManifest.isSymbolicName(name)) {
      throw new IOException("it contains a plugin with the invalid name '" + name + "'");
    }
    entries.add(
        new IndexEntry(
            name,
            version(name, identity.getOrDefault("version", "0.0.0")),
            TerminalText.bounded(identity.getOrDefault(DESCRIPTION, ""), LONGEST_TEXT),
            content.getOrDefault("url", ""),
            sha256,
            Long.parseLong(content.getOrDefault("size", "0")),
            capabilities.stream()
                .filter(c -> c.get("").equals(Component.NAMESPACE))
                .map(c -> c.get("kind") + "/" + c.get(Component.NAMESPACE))
                .sorted()
                .toList()));
  }

  private static String version(String name, String text) throws IOException {
    try {
      return Version.parseVersion(text).toString();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "it contains %s with the invalid version '%s'".formatted(name, text), e);
    }
  }

  private static Map<String, String> first(
      List<Map<String, String>> capabilities, String namespace) {
    return capabilities.stream()
        .filter(c -> c.get("").equals(namespace))
        .findFirst()
        .orElse(Map.of());
  }

  void write(OutputStream out, String name) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml, 0);
      xml.writeStartElement("repository");
      xml.writeDefaultNamespace(XMLNS);
      xml.writeAttribute("name", name);
      for (IndexEntry entry : entries) {
        write(xml, entry);
      }
      line(xml, 0);
      xml.writeEndElement();
      line(xml, 0);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("the index cannot be written: " + e.getMessage(), e);
    }
  }

  private static void write(XMLStreamWriter xml, IndexEntry entry) throws XMLStreamException {
    line(xml, 1);
    xml.writeStartElement("resource");
    start(xml, IDENTITY);
    value(xml, IDENTITY, "", entry.name());
    value(xml, "type", "", "osgi.bundle");
    value(xml, "version", "Version", entry.version());
    value(xml, DESCRIPTION, "", entry.description());
    end(xml);
    start(xml, CONTENT);
    value(xml, CONTENT, "", entry.sha256());
    value(xml, "url", "", entry.url());
    value(xml, "size", "Long", Long.toString(entry.size()));
    value(xml, "mime", "", "application/vnd.osgi.bundle");
    end(xml);
    for (String component : entry.components()) {
      int slash = component.indexOf('/');
      start(xml, Component.NAMESPACE);
      value(xml, Component.NAMESPACE, "", component.substring(slash + 1));
      value(xml, "kind", "", component.substring(0, slash));
      end(xml);
    }
    line(xml, 1);
    xml.writeEndElement();
  }

  private static void start(XMLStreamWriter xml, String namespace) throws XMLStreamException {
    line(xml, 2);
    xml.writeStartElement("capability");
    xml.writeAttribute("namespace", namespace);
  }

  private static void end(XMLStreamWriter xml) throws XMLStreamException {
    line(xml, 2);
    xml.writeEndElement();
  }

  private static void value(XMLStreamWriter xml, String name, String type, String value)
      throws XMLStreamException {
    line(xml, 3);
    xml.writeEmptyElement("attribute");
    xml.writeAttribute("name", name);
    if (!type.isEmpty()) {
      xml.writeAttribute("type", type);
    }
    xml.writeAttribute("value", value);
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
