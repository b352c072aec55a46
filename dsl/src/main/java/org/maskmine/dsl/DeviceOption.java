package org.maskmine.dsl;

/** Where to compute; see {@link Maskmine#device}. */
public record DeviceOption(String name) implements TrainOption, StudyOption {
  @Override
  public String toString() {
    return "device(\"" + name + "\")";
  }
}
