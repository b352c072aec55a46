package org.maskmine.dsl;

/** What {@code train} understands after the data. */
public sealed interface TrainOption extends Option
    permits Pipeline,
        PresetOption,
        Epochs,
        Seed,
        Rate,
        EngineOption,
        DeviceOption,
        PrecisionOption,
        OwnLossOption,
        Again,
        Window,
        ZScore {}
