package org.maskmine.dsl;

/** What {@code study} understands after the data. */
public sealed interface StudyOption extends Option
    permits Pipelines,
        Losses,
        Seeds,
        PresetOption,
        Epochs,
        Only,
        RetrainingOptions,
        EngineOption,
        DeviceOption {}
