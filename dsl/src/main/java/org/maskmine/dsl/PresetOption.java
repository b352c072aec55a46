package org.maskmine.dsl;

import org.maskmine.training.Preset;

/** At which size a pipeline is trained; see {@link Maskmine#paper} and {@link Maskmine#demo}. */
public record PresetOption(Preset preset) implements TrainOption, StudyOption {
  @Override
  public String toString() {
    return preset.label() + "()";
  }
}
