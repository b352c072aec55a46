package org.maskmine.dsl.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Figure;

/** The stages of a pipeline one after the other, as the paper's Fig. 3A and B. */
public final class PipelineFigure implements Figure {
  private static final int BOX_H = 46;
  private static final int TOP = 40;
  private static final int GAP = 22;
  private static final String TOGETHER =
      "one network, trained together: loss of the liver + loss of the lesion";
  private static final Color NETWORK = new Color(0xDCE9F2);
  private static final Color RETRAINED = new Color(0xF6DDB0);

  private final String title;
  private final List<Stage> stages;
  private final boolean together;

  /**
   * A network of a pipeline.
   *
   * @param structure that it segments
   * @param network such as {@code 2D U-Net}
   * @param outputs 2 classes, or 4 error classes where it was retrained on its errors
   */
  public record Stage(Structure structure, String network, int outputs) {
    String words() {
      return structure.label() + " " + network + (outputs == 4 ? " with error head" : "");
    }
  }

  private record Box(Color fill, String[] lines) {
    double width() {
      double widest = 0;
      for (String line : lines) {
        widest = Math.max(widest, Sketch.width(line, Look.font(13)));
      }
      return widest + 18;
    }
  }

  PipelineFigure(String title, List<Stage> stages, boolean together) {
    this.title = title;
    this.stages = List.copyOf(stages);
    this.together = together;
  }

  @Override
  public int width() {
    double boxes = boxes().stream().mapToDouble(Box::width).sum();
    return (int) Math.max(480, Math.ceil(20 + boxes + (boxes().size() - 1) * GAP));
  }

  @Override
  public int height() {
    return TOP + BOX_H + (together ? 34 : 14);
  }

  @Override
  public String alt() {
    return title
        + ": CT, then "
        + stages.stream().map(Stage::words).collect(Collectors.joining(", then "))
        + (together ? "; " + TOGETHER : "");
  }

  private List<Box> boxes() {
    List<Box> boxes = new java.util.ArrayList<>();
    boxes.add(new Box(Color.WHITE, new String[] {"CT"}));
    for (Stage stage : stages) {
      boolean retrained = stage.outputs() == 4;
      String second = retrained ? stage.network() + ", error head" : stage.network();
      boxes.add(
          new Box(
              retrained ? RETRAINED : NETWORK, new String[] {stage.structure().label(), second}));
      boxes.add(
          new Box(
              Color.WHITE,
              stage.structure() == Structure.LIVER
                  ? liverGives()
                  : new String[] {"lesions in", "the liver"}));
    }
    return boxes;
  }

  private String[] liverGives() {
    return together
        ? new String[] {"CT, liver", "probability"}
        : new String[] {"largest", "component"};
  }

  @Override
  public void draw(Graphics2D g) {
    g.setPaint(Look.GROUND);
    g.fill(new Rectangle2D.Double(0, 0, width(), height()));
    var sketch = new Sketch(g);
    sketch.words(10, 25, Look.bold(15), title);
    double x = 10;
    for (Box box : boxes()) {
      if (x > 10) {
        sketch.arrow(x - GAP + 2, TOP + BOX_H / 2.0, x - 2, TOP + BOX_H / 2.0);
      }
      sketch.box(x, TOP, box.width(), BOX_H, box.fill(), box.lines());
      x += box.width() + GAP;
    }
    if (together) {
      sketch.words(10, height() - 8, Look.font(13), TOGETHER);
    }
  }
}
