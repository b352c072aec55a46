package org.maskmine.dsl;

import org.maskmine.engine.Card;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engines;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Which engine computes on what. */
final class DevicesTable {
  private DevicesTable() {}

  static Table here() {
    var device = StringColumn.create("device");
    var engine = StringColumn.create("engine");
    var usable = BooleanColumn.create("usable");
    var what = StringColumn.create("what it is, or why not");
    for (Engines.Possible p : Engines.possible()) {
      device.append(p.device().toString());
      engine.append(p.engine().name());
      usable.append(p.unusable().isEmpty());
      what.append(p.unusable().orElseGet(() -> p.engine().description(p.device())));
    }
    if (Card.here().isEmpty()) {
      device.append(Device.GPU);
      engine.append("");
      usable.append(false);
      what.append("no NVIDIA card, or no driver for it: nvidia-smi does not answer");
    }
    return Table.create("devices", device, engine, usable, what);
  }
}
