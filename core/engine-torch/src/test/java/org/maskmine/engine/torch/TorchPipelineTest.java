package org.maskmine.engine.torch;

import org.maskmine.training.PipelineContract;

class TorchPipelineTest extends PipelineContract {
  @Override
  protected String engine() {
    return "torch";
  }
}
