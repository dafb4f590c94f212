package org.gantry.recipes.internal.format;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gantry.export.ExportException;
import org.gantry.export.ModuleArchitecture;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;

/**
 * Reads the TorchScript file of a network. A module is a program, so only those with operators of
 * networks are accepted.
 *
 * @param path the path of the network in the recipe
 * @param trainable whether its weights train
 * @param problems receives a problem if the file cannot be used
 */
record ModuleReader(String path, boolean trainable, ProblemCollector problems) {

  /** Whether an architecture is written as {@code module: {file: ...}}. */
  static boolean isModule(YamlValue architecture) {
    return entry(architecture).isPresent();
  }

  private static Optional<MappingEntry> entry(YamlValue architecture) {
    return architecture instanceof Mapping mapping && mapping.entries().size() == 1
        ? mapping.entry(ModuleFile.KEY)
        : Optional.empty();
  }

  /** Reads {@code module: {file: ...}}; empty if there was a problem. */
  Optional<ModuleFile> read(YamlValue architecture) {
    MappingEntry entry = entry(architecture).orElseThrow();
    if (!(entry.value() instanceof Mapping options)) {
      problems.addUnexpected(
          entry.value().position(),
          MessageText.quoted(path + "." + ModuleFile.KEY) + " expects",
          "its options",
          entry.value().description(),
          "Write 'from: FILE.pt', or 'module: {file: FILE.pt}'.");
      return Optional.empty();
    }
    return new OptionBinder(problems)
        .bind(ModuleSettings.class, options, path + "." + ModuleFile.KEY, entry.position())
        .flatMap(settings -> read(settings, entry.position()));
  }

  /**
   * Checks a module.
   *
   * @param position where the recipe names it
   */
  Optional<ModuleFile> read(ModuleSettings settings, SourcePosition position) {
    if (!Files.exists(settings.file())) {
      return refuse(
          position,
          "%s names the module %s, which does not exist."
              .formatted(MessageText.quoted(path), settings.file()),
          settings.sha256().isEmpty()
              ? "Name a TorchScript module in a .pt file."
              : "Restore the file, because it defines the network.");
    }
    for (List<String> ports : List.of(settings.takes(), settings.gives())) {
      if (new HashSet<>(ports).size() < ports.size()) {
        return refuse(
            position,
            "%s names a port twice: %s."
                .formatted(MessageText.quoted(path), MessageText.quoted(ports, "and")),
            "Give each argument and each result a name of its own.");
      }
    }
    try {
      ModuleArchitecture module =
          ModuleArchitecture.of(settings.file(), settings.takes(), settings.gives());
      String sha256 = Sha256.of(settings.file());
      if (!settings.sha256().isEmpty() && !settings.sha256().equals(sha256)) {
        return refuse(
            position,
            "The module %s has changed since this recipe recorded it: its SHA-256 is %s, not %s."
                .formatted(settings.file(), sha256, settings.sha256()),
            "Restore the file, or remove 'sha256' to take the module as it is now.");
      }
      return Optional.of(
          new ModuleFile(
              new ModuleSettings(
                  settings.file(), module.ports().takes(), module.ports().gives(), sha256),
              trainable ? module.trainable() : module,
              position));
    } catch (ExportException e) {
      return refuse(
          position,
          "%s cannot be a module: %s"
              .formatted(MessageText.quoted(path), MessageText.withFullStop(e.getMessage())),
          e.operators().isEmpty()
              ? "Name a module of 'gantry export' or of torch.jit.save, such as {from: FILE.pt,"
                  + " takes: [image], gives: [score]}."
              : "A recipe accepts only the operators of networks; export the network without "
                  + MessageText.quoted(e.operators(), "and")
                  + ".");
    } catch (IOException e) {
      return refuse(
          position,
          "The module %s cannot be read: %s.".formatted(settings.file(), ErrorText.of(e)),
          "");
    }
  }

  private Optional<ModuleFile> refuse(SourcePosition position, String message, String fix) {
    problems.add(position, message, fix);
    return Optional.empty();
  }
}
