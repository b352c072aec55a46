package org.maskmine.engine.dl4j;

import org.maskmine.training.PipelineContract;

class Dl4jPipelineTest extends PipelineContract {
  @Override
  protected String engine() {
    return "dl4j";
  }
}
