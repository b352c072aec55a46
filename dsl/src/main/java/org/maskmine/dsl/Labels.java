package org.maskmine.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.maskmine.data.LabelMap;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Given;

/** What label values mean; see {@link Maskmine#labels(Values...)}. */
public record Labels(List<Values> named) implements LoadOption {
  /** Copies the list. */
  public Labels {
    named = List.copyOf(named);
  }

  /** Values of one structure: {@code liver(5)}, {@code lesion(6, 7)}. */
  public record Values(Structure structure, List<Integer> values) {
    /** Copies the list. */
    public Values {
      values = List.copyOf(values);
    }

    static Values of(Structure structure, int... values) {
      return new Values(
          structure,
          Arrays.stream(Given.needed(values, structure.label() + "(…)", "give numbers"))
              .boxed()
              .toList());
    }

    @Override
    public String toString() {
      return structure.label()
          + values.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  LabelMap map() {
    return new LabelMap(of(Structure.LIVER), of(Structure.LESION), false);
  }

  private List<Integer> of(Structure structure) {
    return named.stream()
        .filter(n -> n.structure() == structure)
        .flatMap(n -> n.values().stream())
        .toList();
  }

  @Override
  public String toString() {
    return named.stream().map(Values::toString).collect(Collectors.joining(", ", "labels(", ")"));
  }
}
