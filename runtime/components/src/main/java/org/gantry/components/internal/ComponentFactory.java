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
 * Creates a component in an injector of its own. The injector has no parent, because a parent would
 * keep references to the class loader of the bundle after the bundle is removed.
 *
 * @param component the component
 * @param kind the interface of its kind
 */
record ComponentFactory<T>(LoadedComponent component, Class<T> kind) {

  /**
   * Creates the component.
   *
   * @param options its options; empty if it has none
   * @throws ComponentException if the component does not implement its kind, the options are of
   *     another type, or the constructor throws
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
          "%s does not implement %s".formatted(component.type().getName(), kind.getName()), null);
    }
  }

  private void checkOptions(Optional<? extends Record> options) {
    Optional<? extends Class<?>> given = options.map(Record::getClass);
    if (!given.equals(component.options())) {
      throw failure(
          "its options must be %s, not %s".formatted(name(component.options()), name(given)), null);
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

  @SuppressWarnings("unchecked") // the class of an object is a class of its type
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
      return "one of its classes cannot be initialised: " + thrown.getCause();
    }
    return thrown.getMessage() == null
        ? "its constructor threw " + thrown.getClass().getName()
        : thrown.getMessage();
  }
}
