package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.host.Installation;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.PluginOffer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.trust.TrustStore;

/**
 * The repositories that a request asks. One that was added some time ago and cannot be asked now
 * keeps nobody from what the others have.
 *
 * @param open those that answer
 * @param silent those that do not
 */
public record OpenRepositories(List<PluginRepository> open, List<UnavailableRepository> silent) {

  /**
   * A repository that was not asked.
   *
   * @param why a part of a sentence
   * @param remedy what to do about it; may be empty
   * @param failed whether it should have answered
   */
  record UnavailableRepository(String address, String why, String remedy, boolean failed) {

    /** That it was not asked, and why. */
    String sentence() {
      return "the repository %s %s: %s"
          .formatted(address, failed ? "could not be asked" : "was not asked", why);
    }

    /** For whoever gets an answer without it. */
    String note() {
      return sentence() + (remedy.isEmpty() ? "" : "; " + remedy);
    }
  }

  /**
   * Asks all that are known, and those that the terms name.
   *
   * @throws ProvisioningException if one that the terms name cannot be asked
   */
  static OpenRepositories open(
      Installation installation,
      List<String> known,
      InstallPolicy terms,
      TrustStore trust,
      Path staging)
      throws IOException {
    List<PluginRepository> open = new ArrayList<>();
    List<UnavailableRepository> silent = new ArrayList<>();
    open.add(PluginRepository.ofProduct(installation.repository()));
    WebClient web = WebClient.create(terms.offline());
    Set<String> named = new LinkedHashSet<>(terms.repositories());
    for (String address : known) {
      if (named.contains(address)) {
        continue;
      }
      if (terms.offline() && WebClient.isWebAddress(address)) {
        silent.add(
            new UnavailableRepository(address, "--offline leaves the network alone", "", false));
        continue;
      }
      try {
        open.add(PluginRepository.open(address, web, trust, staging));
      } catch (IOException | ProvisioningException e) {
        String remedy = "'gantry repository remove " + address + "' asks it no longer";
        silent.add(new UnavailableRepository(address, ErrorText.of(e), remedy, true));
      }
    }
    for (String address : named) {
      open.add(PluginRepository.open(address, web, trust, staging));
    }
    return new OpenRepositories(open, silent);
  }

  List<PluginOffer> offers() {
    return open.stream().flatMap(repository -> repository.offers().stream()).toList();
  }

  List<String> notes() {
    return silent.stream().map(UnavailableRepository::note).toList();
  }

  /** The one that an offer is of. */
  PluginRepository of(PluginOffer offer) {
    return open.stream()
        .filter(repository -> repository.address().equals(offer.repository()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(offer + " comes from nowhere"));
  }

  private String remedies() {
    return silent.stream()
        .map(UnavailableRepository::remedy)
        .filter(remedy -> !remedy.isEmpty())
        .map(remedy -> remedy + ".")
        .collect(Collectors.joining(" "));
  }

  /** The newest plugin that will do. */
  PluginOffer find(PluginQuery wanted) {
    try {
      return wanted.newestOf(offers());
    } catch (ProvisioningException e) {
      if (silent.isEmpty()) {
        throw e;
      }
      // Whoever was not asked may have it; so it need not be the input that is wrong.
      throw new ProvisioningException(
          silent.stream().noneMatch(UnavailableRepository::failed),
          e.getMessage()
              + "; "
              + silent.stream()
                  .map(UnavailableRepository::sentence)
                  .collect(Collectors.joining("; ")),
          (e.fix() + " " + remedies()).strip(),
          e);
    }
  }
}
