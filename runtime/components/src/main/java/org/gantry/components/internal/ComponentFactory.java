package org.gantry.components.internal;

import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentException;
import org.gantry.host.support.ContextClassLoaders;

/**
 * The creation of a component in an injector that exists for this purpose alone. It has no parent:
 * a parent would remember the child's types, and with them the class loader of a bundle that has
 * long been removed.
 *
 * @param component what to create
 * @param kind the interface that it has to be
 */
record ComponentFactory<T>(LoadedComponent component, Class<T> kind) {

  /**
   * Runs the constructor.
   *
   * @throws ComponentException if the component is not of its kind, the options are not its own, or
   *     the constructor throws
   */
  T create(Optional<? extends Record> options) {
    checkKind();
    checkOptions(options);
    try {
      return kind.cast(ContextClassLoaders.of(component.type(), () -> instance(options)));
    } catch (CreationException e) {
      throw failure(reason(e.getErrorMessages()), e);
    } catch (ProvisionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(cause == e ? reason(e.getErrorMessages()) : reason(cause), cause);
    } catch (LinkageError e) {
      throw failure(reason(e), e);
    }
  }

  private Object instance(Optional<? extends Record> options) {
    return Guice.createInjector(binder -> bind(binder, options)).getInstance(component.type());
  }

  private void checkKind() {
    if (!kind.isAssignableFrom(component.type())) {
      throw failure(
          "%s is no %s, as components of this kind are"
              .formatted(component.type().getName(), kind.getName()),
          null);
    }
  }

  private void checkOptions(Optional<? extends Record> options) {
    Optional<? extends Class<?>> given = options.map(Record::getClass);
    if (!given.equals(component.options())) {
      throw failure(
          "its options are %s, not %s".formatted(name(component.options()), name(given)), null);
    }
  }

  private static String name(Optional<? extends Class<?>> type) {
    return type.map(Class::getName).orElse("none");
  }

  private void bind(Binder binder, Optional<? extends Record> options) {
    binder.requireExplicitBindings();
    binder.disableCircularProxies();
    binder.bind(component.type());
    options.ifPresent(instance -> bindInstance(binder, instance));
  }

  @SuppressWarnings("unchecked") // an object is an instance of its class
  private static <O> void bindInstance(Binder binder, O instance) {
    binder.bind((Class<O>) instance.getClass()).toInstance(instance);
  }

  private ComponentException failure(String reason, Throwable cause) {
    return LoadedComponent.failure(component.info(), reason, cause);
  }

  private static String reason(Collection<Message> messages) {
    return messages.stream().map(Message::getMessage).collect(Collectors.joining("; "));
  }

  private static String reason(Throwable thrown) {
    if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
      return "a class of it cannot be initialised: " + thrown.getCause();
    }
    return thrown.getMessage() == null
        ? "its constructor threw " + thrown.getClass().getName()
        : thrown.getMessage();
  }
}
