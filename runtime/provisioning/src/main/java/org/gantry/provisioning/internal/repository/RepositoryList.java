package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.host.Installation;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.trust.TrustStore;

/**
 * The product's own repository and those that the user added, whose addresses are stored in a file.
 *
 * @param installation the product, and the folder with the file
 * @param trust the trusted signers of indexes
 */
public record RepositoryList(Installation installation, TrustStore trust) {

  /** The addresses of the added repositories, in order. */
  public List<String> addresses() throws IOException {
    try {
      return TextFiles.lines(file()).stream().filter(line -> !line.isBlank()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Adds a repository.
   *
   * @param staging the folder for downloads
   * @return how many plugins it has
   * @throws ProvisioningException if it cannot be read
   */
  public int add(String address, InstallPolicy policy, Path staging) throws IOException {
    String name = WebClient.isWebAddress(address) ? address : absolute(address);
    PluginRepository repository =
        PluginRepository.open(name, WebClient.create(policy.offline()), trust, staging);
    List<String> addresses = new ArrayList<>(addresses());
    if (!addresses.contains(name)) {
      addresses.add(name);
      save(addresses);
    }
    return repository.offers().size();
  }

  /**
   * Removes a repository.
   *
   * @throws ProvisioningException if it was not added
   */
  public void remove(String address) throws IOException {
    List<String> addresses = new ArrayList<>(addresses());
    if (!addresses.remove(address) && !addresses.remove(absolute(address))) {
      throw ProvisioningException.refused(
          address + " is not one of the added repositories",
          "'gantry repository list' lists them.");
    }
    save(addresses);
  }

  private static String absolute(String folder) {
    return Path.of(folder).toAbsolutePath().normalize().toString();
  }

  private void save(List<String> addresses) throws IOException {
    Files.createDirectories(file().getParent());
    byte[] text = (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8);
    StateFiles.write(file(), text);
  }

  private Path file() {
    return installation.state().resolve("repositories.txt");
  }

  /**
   * Opens the product's repository, the added ones, and those of a policy. Skips an added one that
   * cannot be read.
   *
   * @param staging the folder for downloads
   * @throws ProvisioningException if a repository of the policy cannot be read
   */
  OpenRepositories open(InstallPolicy policy, Path staging) throws IOException {
    List<PluginRepository> open = new ArrayList<>();
    List<SkippedRepository> skipped = new ArrayList<>();
    open.add(PluginRepository.ofProduct(installation.repository()));
    WebClient web = WebClient.create(policy.offline());
    List<String> added = new ArrayList<>(addresses());
    added.removeAll(policy.repositories());
    for (String address : added) {
      if (policy.offline() && WebClient.isWebAddress(address)) {
        skipped.add(new SkippedRepository(address, "--offline allows no network", "", false));
        continue;
      }
      try {
        open.add(PluginRepository.open(address, web, trust, staging));
      } catch (IOException | ProvisioningException e) {
        String fix = "'gantry repository remove " + address + "' removes it";
        skipped.add(new SkippedRepository(address, ErrorText.of(e), fix, true));
      }
    }
    for (String address : new LinkedHashSet<>(policy.repositories())) {
      open.add(PluginRepository.open(address, web, trust, staging));
    }
    return new OpenRepositories(open, skipped);
  }

  /**
   * A repository that was not read.
   *
   * @param reason a part of a sentence
   * @param fix what the user can do; may be empty
   * @param failed whether reading failed, rather than being forbidden
   */
  record SkippedRepository(String address, String reason, String fix, boolean failed) {

    private String sentence() {
      return "the repository %s %s: %s"
          .formatted(address, failed ? "cannot be read" : "was skipped", reason);
    }

    private String note() {
      return sentence() + (fix.isEmpty() ? "" : "; " + fix);
    }
  }

  /**
   * The repositories of one request.
   *
   * @param open those that were read
   * @param skipped the others
   */
  record OpenRepositories(List<PluginRepository> open, List<SkippedRepository> skipped) {

    List<PluginOffer> offers() {
      return open.stream().flatMap(repository -> repository.offers().stream()).toList();
    }

    /** Notes on skipped repositories, one sentence each, without a full stop. */
    List<String> notes() {
      return skipped.stream().map(SkippedRepository::note).toList();
    }

    /** The repository of an offer. */
    PluginRepository repositoryOf(PluginOffer offer) {
      return open.stream()
          .filter(repository -> repository.address().equals(offer.repository()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no repository has " + offer));
    }

    /**
     * The newest plugin that matches a query.
     *
     * @throws ProvisioningException if no repository has one
     */
    PluginOffer find(PluginQuery query) {
      try {
        return query.newestOf(offers());
      } catch (ProvisioningException e) {
        if (skipped.isEmpty()) {
          throw e;
        }
        // An unreadable repository may have the plugin, so the request need not be wrong.
        throw new ProvisioningException(
            skipped.stream().noneMatch(SkippedRepository::failed),
            e.getMessage()
                + "; "
                + skipped.stream()
                    .map(SkippedRepository::sentence)
                    .collect(Collectors.joining("; ")),
            (e.fix() + " " + fixes()).strip(),
            e);
      }
    }

    private String fixes() {
      return skipped.stream()
          .map(SkippedRepository::fix)
          .filter(fix -> !fix.isEmpty())
          .map(fix -> fix + ".")
          .collect(Collectors.joining(" "));
    }
  }
}
