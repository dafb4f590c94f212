package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gantry.host.Installation;
import org.gantry.maven.Coordinates;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request.Terms;
import org.osgi.framework.Version;

/** Where jars come from: files, repositories with an index, and those of Maven. */
final class Sources {

  private final Installation installation;
  private final TrustFolder trust;

  Sources(Installation installation, TrustFolder trust) {
    this.installation = installation;
    this.trust = trust;
  }

  /** Gets what somebody asked for; what has to be fetched goes into a folder. */
  Fetched fetch(String what, Terms terms, Path staging) throws IOException {
    Optional<Path> file = file(what);
    if (file.isPresent()) {
      return new Fetched(file.get(), file.get().toAbsolutePath().normalize().toString(), "");
    } else if (what.endsWith(".jar")) {
      throw ProvisioningException.refused("there is no file " + what, "");
    }
    Optional<Coordinates> artifact = MavenSource.named(what);
    if (artifact.isPresent()) {
      return new MavenSource(terms.offline()).fetch(artifact.get());
    }
    List<Repository> repositories = open(terms, staging);
    Offer offer = Wanted.of(what).among(offers(repositories));
    for (Repository repository : repositories) {
      if (repository.address().equals(offer.repository())) {
        return repository.fetch(offer, new Web(terms.offline()), staging);
      }
    }
    throw new IllegalStateException(offer + " comes from nowhere");
  }

  private static Optional<Path> file(String what) {
    try {
      return Optional.of(Path.of(what)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What to ask for to have a newer version of a plugin; empty if there is none. */
  Optional<String> newer(Locked plugin, Terms terms, Path staging) throws IOException {
    Optional<Path> file = file(plugin.source());
    if (file.isPresent()) {
      return Hash.of(file.get()).equals(plugin.sha256())
          ? Optional.empty()
          : Optional.of(plugin.source());
    }
    Optional<Coordinates> artifact = MavenSource.named(plugin.source());
    if (artifact.isPresent()) {
      return new MavenSource(terms.offline()).newer(artifact.get(), plugin.sha256());
    }
    return offers(open(terms, staging)).stream()
        .filter(offer -> offer.name().equals(plugin.name()))
        .map(offer -> new Version(offer.version()))
        .max(Version::compareTo)
        .filter(newest -> newest.compareTo(new Version(plugin.version())) > 0)
        .map(newest -> plugin.name() + "@" + newest);
  }

  /** All that the repositories have. */
  List<Offer> offers(Terms terms, Path staging) throws IOException {
    return offers(open(terms, staging));
  }

  private static List<Offer> offers(List<Repository> repositories) {
    return repositories.stream().flatMap(repository -> repository.offers().stream()).toList();
  }

  private List<Repository> open(Terms terms, Path staging) throws IOException {
    List<Repository> repositories = new ArrayList<>();
    repositories.add(Repository.ofProduct(installation.repository()));
    Set<String> addresses = new LinkedHashSet<>(known());
    if (terms.offline()) {
      addresses.removeIf(Web::isOne);
    }
    for (String address : addresses) {
      repositories.add(openKnown(address, terms, staging));
    }
    for (String address : terms.repositories()) {
      if (!addresses.contains(address)) {
        repositories.add(Repository.open(address, new Web(terms.offline()), trust, staging));
      }
    }
    return repositories;
  }

  /** Opens one that nobody named this time. */
  private Repository openKnown(String address, Terms terms, Path staging) {
    String remedy =
        "'gantry repository remove %s' asks it no longer%s"
            .formatted(address, Web.isOne(address) ? "; --offline leaves the network alone." : ".");
    try {
      return Repository.open(address, new Web(terms.offline()), trust, staging);
    } catch (ProvisioningException e) {
      throw new ProvisioningException(e.wrongInput(), e.getMessage(), remedy, e);
    } catch (IOException e) {
      throw new ProvisioningException(false, Told.of(e), remedy, e);
    }
  }

  // ---- The repositories that are always asked
  // ---------------------------------------------------

  /** Asks a repository from now on; says how many plugins it has. */
  int add(String address, Terms terms, Path staging) throws IOException {
    String name =
        Web.isOne(address) ? address : Path.of(address).toAbsolutePath().normalize().toString();
    int count = Repository.open(name, new Web(terms.offline()), trust, staging).offers().size();
    List<String> known = new ArrayList<>(known());
    if (!known.contains(name)) {
      known.add(name);
      know(known);
    }
    return count;
  }

  /** Asks a repository no longer. */
  void remove(String address) throws IOException {
    List<String> known = new ArrayList<>(known());
    if (!known.remove(address)
        && !known.remove(Path.of(address).toAbsolutePath().normalize().toString())) {
      throw ProvisioningException.refused(
          address + " is no repository that is asked",
          "'gantry repository list' shows those that are.");
    }
    know(known);
  }

  List<String> known() throws IOException {
    try {
      return Files.readAllLines(file()).stream().filter(line -> !line.isBlank()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private void know(List<String> addresses) throws IOException {
    Files.createDirectories(file().getParent());
    Durable.write(file(), (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path file() {
    return installation.state().resolve("repositories.txt");
  }
}
