package org.maskmine.training;

import org.maskmine.UserError;

/** Somebody else is at work on a run: whoever waits may have it later. */
public final class RunBusy extends UserError {
  private static final long serialVersionUID = 1L;

  RunBusy(String sentence) {
    super(sentence);
  }
}
