package org.maskmine.kernel.magic;

import org.maskmine.kernel.shell.Cell;
import org.maskmine.kernel.shell.CellFailure;
import org.maskmine.kernel.shell.Result;

/**
 * What one magic is and does.
 *
 * @param name with its {@code %}
 * @param takes how its arguments are written, empty where it takes none
 * @param about what it does, in one sentence
 * @param action does it
 */
record Magic(String name, String takes, String about, Action action) {

  /** Does what a magic is for. */
  interface Action {
    /**
     * Acts on behalf of a cell.
     *
     * @param call the line
     * @param cell the cell it stands in
     * @param java the Java below the magics
     * @throws CellFailure where Java was run and failed
     * @throws org.maskmine.UserError where the arguments do not fit
     */
    Result act(MagicCell.Call call, Cell cell, String java) throws CellFailure;
  }
}
