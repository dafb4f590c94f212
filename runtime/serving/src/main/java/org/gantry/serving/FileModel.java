package org.gantry.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.Recipes;
import org.gantry.runs.RunException;
import org.gantry.runs.modules.ExportedModule;

/**
 * An exported network. The tensor engine has to run.
 *
 * @param name the name of the model
 * @param file the {@code .pt} file, which can be replaced
 * @param allowed operators that the file may use in addition to those of networks
 * @param recipes creates the recorded prior and sampler
 */
public record FileModel(String name, Path file, Set<String> allowed, Recipes recipes)
    implements ModelLocation {

  @Override
  public String label() {
    return file.toString();
  }

  @Override
  public String version() {
    try {
      return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + ErrorText.of(e), e);
    }
  }

  @Override
  public OpenedModel open() {
    return new OpenedModel(ExportedModule.open(file, allowed, recipes), List.of());
  }

  @Override
  public OpenedModel openNewest() {
    return open();
  }
}
