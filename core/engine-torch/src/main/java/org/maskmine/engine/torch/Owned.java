package org.maskmine.engine.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that outlive the scope they were made in, freed together. */
final class Owned implements AutoCloseable {
  private final List<Pointer> pointers = new ArrayList<>();

  <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    pointers.add(pointer);
    return pointer;
  }

  @Override
  public void close() {
    pointers.forEach(Pointer::releaseReference);
    pointers.clear();
  }
}
