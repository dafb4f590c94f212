package org.gantry.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.gantry.launcher.sample.Commands;

/** Writes installations with test bundles. */
record TestInstallation(Path folder) {

  /** Creates an installation without bundles. */
  static TestInstallation create(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("bundles"));
    Files.createDirectories(folder.resolve("plugins"));
    return new TestInstallation(folder);
  }

  /** Adds the bundle with commands. */
  TestInstallation withCommands() throws IOException {
    activated("bundles/commands.jar", Commands.class);
    return this;
  }

  /** Writes a bundle with an activator. */
  Path activated(String file, Class<?> activator) throws IOException {
    return bundle(
        file,
        Map.of(
            "Bundle-Activator",
            activator.getName(),
            "Import-Package",
            "org.osgi.framework,org.gantry.host;version=\"[1,2)\""),
        activator);
  }

  /** Writes a bundle with the name of its file and version 1.2.3. */
  Path bundle(String file, Map<String, String> headers, Class<?>... types) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", file.replaceAll(".*/|\\.jar", ""));
    main.putValue("Bundle-Version", "1.2.3");
    headers.forEach(main::putValue);
    return jar(file, manifest, types);
  }

  /** Writes a jar. */
  Path jar(String file, Manifest manifest, Class<?>... types) throws IOException {
    Path jar = folder.resolve(file);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> type : types) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = TestInstallation.class.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }
}
