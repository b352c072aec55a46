package org.maskmine.kernel.shell;

import java.util.List;
import org.maskmine.UserError;

/** A cell ended in an error, told in terms of the cell. */
public final class CellFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String sentence;
  private final transient List<String> lines;

  CellFailure(String name, String sentence, List<String> lines) {
    super(name + ": " + sentence);
    this.name = name;
    this.sentence = sentence;
    this.lines = List.copyOf(lines);
  }

  /** A failure that the user can mend: its one sentence. */
  public static CellFailure of(UserError mendable) {
    String sentence = String.valueOf(mendable.getMessage());
    return new CellFailure("UserError", sentence, List.of(Ansi.bad(sentence)));
  }

  /** The kind of error: an exception's class, {@code CompileError}, {@code Interrupted}. */
  public String name() {
    return name;
  }

  /** What went wrong, without the kind. */
  public String sentence() {
    return sentence;
  }

  /** The whole account, message first, with ANSI colours that suit light and dark themes. */
  public List<String> lines() {
    return lines;
  }
}
