package org.gantry.recipes.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.component.Component;
import org.gantry.component.KindInterface;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;

/** The test components, as if each were in its own bundle. */
record FakeRegistry(List<ComponentInfo> all) implements ComponentRegistry {

  /** Returns all test components; {@code twin} is in two bundles. */
  static FakeRegistry standard() {
    List<ComponentInfo> all = new ArrayList<>();
    for (ComponentInfo component : declaredIn(TestComponents.class, TestArchitectures.class)) {
      if (component.name().equals("twin")) {
        all.add(info(TestComponents.Twin.class, "com.first.twin"));
        all.add(info(TestComponents.Twin.class, "com.second.twin"));
      } else {
        all.add(component);
      }
    }
    return new FakeRegistry(sorted(all));
  }

  /** Returns the components that are declared within classes. */
  private static List<ComponentInfo> declaredIn(Class<?>... holders) {
    return Stream.of(holders)
        .flatMap(holder -> Stream.of(holder.getDeclaredClasses()))
        .filter(type -> type.isAnnotationPresent(Component.class))
        .map(type -> info(type, "test." + type.getAnnotation(Component.class).name()))
        .toList();
  }

  private static List<ComponentInfo> sorted(List<ComponentInfo> components) {
    return components.stream()
        .sorted(
            Comparator.comparing(ComponentInfo::kind)
                .thenComparing(ComponentInfo::name)
                .thenComparing(ComponentInfo::bundle))
        .toList();
  }

  /** Returns these components and those that are declared within a class. */
  FakeRegistry with(Class<?> holder) {
    List<ComponentInfo> more = new ArrayList<>(all);
    more.addAll(sorted(declaredIn(holder)));
    return new FakeRegistry(more);
  }

  FakeRegistry without(String kind, String name) {
    return new FakeRegistry(
        all.stream().filter(c -> !(c.kind().equals(kind) && c.name().equals(name))).toList());
  }

  static ComponentInfo info(Class<?> type, String bundle) {
    Component component = type.getAnnotation(Component.class);
    return new ComponentInfo(
        component.kind(),
        component.name(),
        component.version().isEmpty() ? "1.0.0" : component.version(),
        component.summary(),
        component.paper(),
        List.of(component.takes()),
        List.of(component.gives()),
        bundle,
        "0.1.0",
        type.getName());
  }

  @Override
  public List<KindDeclaration> addedKinds() {
    return all.stream()
        .flatMap(component -> Stream.of(type(component).getInterfaces()))
        .filter(type -> type.isAnnotationPresent(KindInterface.class))
        .map(FakeRegistry::declaration)
        .distinct()
        .toList();
  }

  private static KindDeclaration declaration(Class<?> type) {
    KindInterface kind = type.getAnnotation(KindInterface.class);
    return new KindDeclaration(kind.kind(), kind.summary(), type.getName(), "test.kinds", "0.1.0");
  }

  @Override
  public byte[] jarContent(KindDeclaration kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Class<?> kindType(KindDeclaration kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginJar jar(ComponentInfo component) {
    return new PluginJar(component.bundle(), component.bundleVersion(), "5a".repeat(32));
  }

  @Override
  public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
    return Arrays.stream(type(component).getDeclaredClasses())
        .filter(type -> type.getSimpleName().equals("Options"))
        .findFirst()
        .map(type -> type.asSubclass(Record.class));
  }

  @Override
  public <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> options) {
    Constructor<?> constructor = type(component).getDeclaredConstructors()[0];
    try {
      return type.cast(constructor.newInstance(options.stream().toArray()));
    } catch (InvocationTargetException e) {
      throw new ComponentException(
          component.qualifiedName() + " does not work: " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ComponentException(component.qualifiedName() + " does not work", e);
    }
  }

  @Override
  public Class<?> type(ComponentInfo component) {
    try {
      return Class.forName(component.type());
    } catch (ClassNotFoundException e) {
      throw new ComponentException(component.qualifiedName() + " has no class", e);
    }
  }
}
