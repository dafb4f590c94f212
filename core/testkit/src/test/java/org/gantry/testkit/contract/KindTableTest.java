package org.gantry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.component.KindInterface;
import org.gantry.data.IndexedDataset;
import org.gantry.kind.ComponentKindInfo;
import org.gantry.kind.KindTable;
import org.junit.jupiter.api.Test;

class KindTableTest {

  @KindInterface(kind = "tokenizer", summary = "splits texts")
  interface Tokenizer {}

  interface FastTokenizer extends Tokenizer {}

  @Test
  void everyNamedKindIsInTheTableAndHasAContract() throws IllegalAccessException {
    Set<String> named = new TreeSet<>();
    for (Field constant : ComponentKind.class.getFields()) {
      named.add((String) constant.get(null));
    }
    Set<String> inTable =
        KindTable.all().stream()
            .map(ComponentKindInfo::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(named, inTable);
    assertEquals(named, new TreeSet<>(KindContracts.kinds()));
  }

  @Test
  void interfacesBelongToTheKindsWhoseInterfaceTheyExtend() {
    assertEquals(List.of("dataset"), KindTable.namesOf(IndexedDataset.class));
    assertEquals(
        List.of("generator", "discriminator", "encoder", "condition"),
        KindTable.namesOf(Architecture.class));
    assertEquals(List.of("tokenizer"), KindTable.namesOf(FastTokenizer.class));
    assertEquals(List.of(), KindTable.namesOf(Runnable.class));
    assertEquals(List.of(), KindTable.namesOf(Object.class));
  }
}
