package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.host.Installation;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.trust.TrustStore;

/** Where jars come from, of which the repositories that are always asked are kept in a file. */
public final class RepositoryList {

  private final Installation installation;
  private final TrustStore trust;

  public RepositoryList(Installation installation, TrustStore trust) {
    this.installation = installation;
    this.trust = trust;
  }

  /** Begins to ask, for one request. */
  public PluginSources pluginSources(InstallPolicy terms, Path folder) {
    return new PluginSources(this::open, terms, folder);
  }

  private OpenRepositories open(InstallPolicy terms, Path folder) throws IOException {
    return OpenRepositories.open(installation, addresses(), terms, trust, folder);
  }

  // ---- The repositories that are always asked
  // ---------------------------------------------------

  /** Asks a repository from now on; says how many plugins it has. */
  public int add(String address, InstallPolicy terms, Path staging) throws IOException {
    String name =
        WebClient.isWebAddress(address)
            ? address
            : Path.of(address).toAbsolutePath().normalize().toString();
    int count =
        PluginRepository.open(name, WebClient.create(terms.offline()), trust, staging)
            .offers()
            .size();
    List<String> known = new ArrayList<>(addresses());
    if (!known.contains(name)) {
      known.add(name);
      save(known);
    }
    return count;
  }

  /** Asks a repository no longer. */
  public void remove(String address) throws IOException {
    List<String> known = new ArrayList<>(addresses());
    if (!known.remove(address)
        && !known.remove(Path.of(address).toAbsolutePath().normalize().toString())) {
      throw ProvisioningException.refused(
          address + " is no repository that is asked",
          "'gantry repository list' shows those that are.");
    }
    save(known);
  }

  public List<String> addresses() throws IOException {
    try {
      return Files.readAllLines(file()).stream().filter(line -> !line.isBlank()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private void save(List<String> addresses) throws IOException {
    Files.createDirectories(file().getParent());
    StateFiles.write(
        file(), (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path file() {
    return installation.state().resolve("repositories.txt");
  }
}
