package org.maskmine.dsl.view;

import java.awt.image.RenderedImage;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultStyleHandler;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Figures as SVG elements that carry their letters with them and say what they show. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  /** Stands for the hash that makes ids unique among the figures of one page. */
  private static final String PREFIX = "maskmine-";

  private static final String FAMILIES = "'" + Typeface.FAMILY + "',Arial,Helvetica,sans-serif";

  private Svg() {}

  /**
   * An SVG element; the same figure gives the same text.
   *
   * @param width of the figure where it is shown, in a unit of CSS: {@code 480} or {@code 85mm}
   * @param height in the same unit
   */
  static String text(Figure figure, String width, String height) {
    Document document = document();
    var graphics = new SVGGraphics2D(context(document), false);
    figure.draw(graphics);
    Element root = graphics.getRoot();
    root.setAttribute("role", "img");
    root.setAttribute("width", width);
    root.setAttribute("height", height);
    root.setAttribute("viewBox", "0 0 " + figure.width() + " " + figure.height());
    Element title = document.createElementNS(NAMESPACE, "title");
    title.setTextContent(figure.alt());
    Element style = document.createElementNS(NAMESPACE, "style");
    style.setTextContent(fonts(root));
    root.insertBefore(style, root.getFirstChild());
    root.insertBefore(title, style);
    String drawn = serialised(root);
    return drawn.replace(PREFIX, PREFIX + Integer.toHexString(drawn.hashCode()) + "-");
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SVGGeneratorContext context(Document document) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(2);
    context.setImageHandler(new EmbeddedImages());
    context.setIDGenerator(new Ids());
    context.setStyleHandler(new Families());
    return context;
  }

  private static String fonts(Element root) {
    Set<Integer> used = new TreeSet<>();
    NodeList texts = root.getElementsByTagNameNS(NAMESPACE, "text");
    for (int i = 0; i < texts.getLength(); i++) {
      texts.item(i).getTextContent().codePoints().forEach(used::add);
    }
    if (used.isEmpty()) {
      return "";
    }
    return Typeface.PLAIN.css(used) + (bold(root) ? Typeface.BOLD.css(used) : "");
  }

  private static boolean bold(Element root) {
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      if (((Element) all.item(i)).getAttribute("font-weight").equals(Typeface.BOLD.weight())) {
        return true;
      }
    }
    return false;
  }

  private static String serialised(Element root) {
    try {
      var transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      var out = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(out));
      return out.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ids that are told apart from those of other figures on the page. */
  private static final class Ids extends SVGIDGenerator {
    private final Map<String, Integer> last = new HashMap<>();

    @Override
    public String generateID(String prefix) {
      return PREFIX + prefix + last.merge(prefix, 1, Integer::sum);
    }
  }

  /** Images within the element, as PNG. */
  private static final class EmbeddedImages extends ImageHandlerBase64Encoder {
    @Override
    public void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
      element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + Images.base64(image));
    }
  }

  /** Our letters, and where somebody's program does not read them, others of the same width. */
  private static final class Families extends DefaultStyleHandler {
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Batik declares it
    public void setStyle(Element element, Map style, SVGGeneratorContext context) {
      String family = String.valueOf(style.get("font-family"));
      if (family.toLowerCase(Locale.ROOT).contains("liberation")) {
        style.put("font-family", FAMILIES);
      }
      super.setStyle(element, style, context);
    }
  }
}
