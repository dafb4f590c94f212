package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.host.Installation;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request.Terms;

/**
 * The repositories that a request asks. One that was added some time ago and cannot be asked now
 * keeps nobody from what the others have.
 *
 * @param open those that answer
 * @param silent those that do not
 */
record Repositories(List<Repository> open, List<Silent> silent) {

  /**
   * A repository that was not asked.
   *
   * @param why a part of a sentence
   * @param remedy what to do about it; may be empty
   * @param failed whether it should have answered
   */
  record Silent(String address, String why, String remedy, boolean failed) {

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
  static Repositories open(
      Installation installation, List<String> known, Terms terms, TrustFolder trust, Path staging)
      throws IOException {
    List<Repository> open = new ArrayList<>();
    List<Silent> silent = new ArrayList<>();
    open.add(Repository.ofProduct(installation.repository()));
    Web web = Web.create(terms.offline());
    Set<String> named = new LinkedHashSet<>(terms.repositories());
    for (String address : known) {
      if (named.contains(address)) {
        continue;
      }
      if (terms.offline() && Web.isOne(address)) {
        silent.add(new Silent(address, "--offline leaves the network alone", "", false));
        continue;
      }
      try {
        open.add(Repository.open(address, web, trust, staging));
      } catch (IOException | ProvisioningException e) {
        String remedy = "'gantry repository remove " + address + "' asks it no longer";
        silent.add(new Silent(address, Told.of(e), remedy, true));
      }
    }
    for (String address : named) {
      open.add(Repository.open(address, web, trust, staging));
    }
    return new Repositories(open, silent);
  }

  List<Offer> offers() {
    return open.stream().flatMap(repository -> repository.offers().stream()).toList();
  }

  List<String> notes() {
    return silent.stream().map(Silent::note).toList();
  }

  /** The one that an offer is of. */
  Repository of(Offer offer) {
    return open.stream()
        .filter(repository -> repository.address().equals(offer.repository()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(offer + " comes from nowhere"));
  }

  private String remedies() {
    return silent.stream()
        .map(Silent::remedy)
        .filter(remedy -> !remedy.isEmpty())
        .map(remedy -> remedy + ".")
        .collect(Collectors.joining(" "));
  }

  /** The newest plugin that will do. */
  Offer find(Wanted wanted) {
    try {
      return wanted.among(offers());
    } catch (ProvisioningException e) {
      if (silent.isEmpty()) {
        throw e;
      }
      // Whoever was not asked may have it; so it need not be the input that is wrong.
      throw new ProvisioningException(
          silent.stream().noneMatch(Silent::failed),
          e.getMessage()
              + "; "
              + silent.stream().map(Silent::sentence).collect(Collectors.joining("; ")),
          (e.fix() + " " + remedies()).strip(),
          e);
    }
  }
}
