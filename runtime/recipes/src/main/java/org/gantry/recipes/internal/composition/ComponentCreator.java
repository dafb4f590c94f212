package org.gantry.recipes.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentRegistry;
import org.gantry.data.DataInventory;
import org.gantry.data.FileDataset;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.training.BoundComponent;

/**
 * Creates the components that a recipe names.
 *
 * @param components the installed components
 * @param problems receives a problem for each component that cannot be created
 * @param inventories receives the files of each data set that is read from files
 */
public record ComponentCreator(
    ComponentRegistry components, ProblemCollector problems, List<DataInventory> inventories) {

  /** Creates a creator with an empty list of inventories. */
  public ComponentCreator(ComponentRegistry components, ProblemCollector problems) {
    this(components, problems, new ArrayList<>());
  }

  /**
   * Creates one component, with those among its options.
   *
   * @param type the interface of its kind
   * @return empty if the component cannot be created
   */
  public <T> Optional<BoundComponent<T>> create(Class<T> type, ComponentChoice choice) {
    Optional<Record> options =
        choice.options().flatMap(bound -> bound.create(this::createPart, problems));
    if (options.isEmpty() && choice.options().isPresent()) {
      return Optional.empty();
    }
    return instance(type, choice, options)
        .map(component -> new BoundComponent<>(component, choice.origin()));
  }

  /** Creates a component that is the value of an option. */
  public Optional<?> createPart(ComponentChoice choice) {
    return create(Object.class, choice).map(BoundComponent::component);
  }

  private <T> Optional<T> instance(
      Class<T> type, ComponentChoice choice, Optional<Record> options) {
    try {
      T component = components.create(choice.component(), type, options);
      if (component instanceof FileDataset files) {
        inventories.add(files.inventory());
      }
      return Optional.of(component);
    } catch (ComponentException e) {
      addProblem(choice, e);
      return Optional.empty();
    }
  }

  /** Creates the components of a list, without those that cannot be created. */
  public <T> List<BoundComponent<T>> createAll(Class<T> type, List<ComponentChoice> choices) {
    List<BoundComponent<T>> created = new ArrayList<>();
    choices.forEach(choice -> create(type, choice).ifPresent(created::add));
    return created;
  }

  private void addProblem(ComponentChoice choice, ComponentException failure) {
    Optional<UnusableComponentException> refusal =
        ErrorText.find(failure, UnusableComponentException.class);
    String message =
        refusal
            .map(
                r ->
                    MessageText.quoted(choice.path() + "." + choice.component().name())
                        + " cannot be used: "
                        + MessageText.withFullStop(r.getMessage()))
            .orElse(MessageText.toSentence(failure.getMessage()));
    String fix = refusal.isPresent() ? "" : ComponentResolver.fixFor(failure, choice.component());
    problems.addThrown(choice.position(), message, fix, failure);
  }
}
