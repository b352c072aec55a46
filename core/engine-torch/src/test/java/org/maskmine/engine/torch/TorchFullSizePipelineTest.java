package org.maskmine.engine.torch;

import org.junit.jupiter.api.Tag;
import org.maskmine.training.StageRecipe;

/** The pipelines with the networks and patches that a notebook takes. */
@Tag("long")
class TorchFullSizePipelineTest extends TorchPipelineTest {
  @Override
  protected StageRecipe sized(StageRecipe stage) {
    return stage;
  }
}
