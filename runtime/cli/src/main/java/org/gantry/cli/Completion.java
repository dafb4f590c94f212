package org.gantry.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.Offers;
import org.gantry.provisioning.Provisioning;
import org.gantry.provisioning.Request;
import org.gantry.provisioning.Request.Terms;
import org.gantry.recipes.Problem;
import org.gantry.recipes.RecipeException;

/**
 * Installs what recipes lack, as far as repositories have it.
 *
 * @param provisioning who installs
 * @param console where the plan is shown, and asked about
 * @param yes whether the question is answered already
 */
record Completion(Provisioning provisioning, Console console, boolean yes) {

  /**
   * Composes; and as long as that fails for want of plugins that can be had, installs them and
   * composes again.
   *
   * @throws RecipeException if something is wrong that no plugin mends, or one is not wanted
   */
  <T> T complete(Supplier<T> composing) {
    Set<String> installed = new HashSet<>();
    while (true) {
      try {
        return composing.get();
      } catch (RecipeException e) {
        if (!install(e.problems(), Terms.HERE, installed)
            && !install(e.problems(), Terms.USUAL, installed)) {
          throw e;
        }
      }
    }
  }

  /**
   * Installs what is lacking; false if nothing was, because there is nothing or nobody wants it.
   */
  private boolean install(List<Problem> problems, Terms terms, Set<String> before) {
    List<Problem.Missing> lacking =
        problems.stream().flatMap(problem -> problem.missing().stream()).toList();
    if (lacking.isEmpty()) {
      return false;
    }
    Offers offers = provisioning.offers(terms);
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
    Request request = new Request.Install(plugins, terms);
    return Proposal.agreedTo(yes).carryOut(provisioning, request, console) == ExitCode.DONE;
  }

  private static Optional<Offer> offer(Problem.Missing missing, Offers offers) {
    return offers.plugins().stream()
        .filter(offer -> offer.components().stream().anyMatch(missing::is))
        .findFirst();
  }
}
