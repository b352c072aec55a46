package org.maskmine.dsl;

import java.util.List;
import org.maskmine.data.Case;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Viewable;
import org.maskmine.dsl.view.Views;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Scans of a data set that {@code predict} takes together, such as {@code ct.test()}. */
public final class Scans implements Viewable {
  private final String name;
  private final List<Case> cases;

  Scans(String name, List<Case> cases) {
    this.name = name;
    this.cases = cases;
  }

  List<Case> cases() {
    return cases;
  }

  /** A row per scan. */
  public Table table() {
    var id = StringColumn.create("case");
    var size = StringColumn.create("voxels");
    var labelled = BooleanColumn.create("labelled");
    for (Case c : cases) {
      id.append(c.id());
      size.append(c.geometry().size());
      labelled.append(c.isLabelled());
    }
    return Table.create(name, id, size, labelled);
  }

  @Override
  public View view() {
    return Views.stack(table());
  }

  @Override
  public String toString() {
    return "Scans(" + name + ", " + cases.size() + " cases)";
  }
}
