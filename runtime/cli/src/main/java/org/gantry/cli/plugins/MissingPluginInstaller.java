package org.gantry.cli.plugins;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;

/**
 * Installs the plugins that recipes lack, if a repository has them.
 *
 * @param provisioning installs the plugins
 * @param console shows the plan and asks the user
 * @param yes whether to install without asking
 */
public record MissingPluginInstaller(PluginProvisioner provisioning, Console console, boolean yes) {

  /** The beginning of the command that a fix names if a repository has the plugin. */
  private static final String INSTALL_COMMAND = "gantry plugins install ";

  /**
   * Composes. While that fails because of missing plugins that a repository has, installs them and
   * composes again.
   *
   * @throws RecipeException if there is another problem, or the user declines an installation
   */
  public <T> T installAndRetry(Supplier<T> composing) {
    Set<String> installed = new HashSet<>();
    while (true) {
      try {
        return composing.get();
      } catch (RecipeException e) {
        if (!install(e.problems(), InstallPolicy.OFFLINE, installed)
            && !install(e.problems(), InstallPolicy.DEFAULT, installed)) {
          throw e;
        }
      }
    }
  }

  /**
   * Composes for a command that has the option {@code --install} but was called without it. Errors
   * about missing plugins that a repository has name the option.
   */
  public static <T> T nameOption(Supplier<T> composing) {
    try {
      return composing.get();
    } catch (RecipeException e) {
      throw new RecipeException(
          e.problems().stream()
              .map(
                  p ->
                      p.missing().isPresent() && p.fix().contains(INSTALL_COMMAND)
                          ? p.withFix(p.fix() + ", or add --install to this command.")
                          : p)
              .toList());
    }
  }

  /** Installs missing plugins; false if no repository has them or the user declines. */
  private boolean install(List<InputProblem> problems, InstallPolicy terms, Set<String> before) {
    List<InputProblem.UninstalledComponent> lacking =
        problems.stream().flatMap(problem -> problem.missing().stream()).toList();
    if (lacking.isEmpty()) {
      return false;
    }
    RepositoryListing offers = provisioning.listRepositories(terms);
    List<String> plugins =
        lacking.stream()
            .flatMap(missing -> offer(missing, offers).stream())
            .map(offer -> offer.name() + "@" + offer.version())
            .distinct()
            .filter(before::add)
            .toList();
    if (plugins.isEmpty()) {
      if (!terms.offline()) {
        offers.notes().forEach(note -> console.err().println("note: " + note));
      }
      return false;
    }
    ChangeRequest request = new ChangeRequest.InstallRequest(plugins, terms);
    return ChangeConfirmation.withAnswer(yes).planAndExecute(provisioning, request, console)
        == ExitCode.DONE;
  }

  private static Optional<PluginOffer> offer(
      InputProblem.UninstalledComponent missing, RepositoryListing offers) {
    return offers.plugins().stream()
        .filter(offer -> offer.components().stream().anyMatch(missing::matches))
        .findFirst();
  }
}
