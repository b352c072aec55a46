package org.maskmine;

/**
 * A failure that the user can mend, shown as its one sentence without a stack trace.
 *
 * <p>The sentence names the value, the rule it broke and the remedy: {@code spacing 0.0 mm in
 * volume-3.nii: must be positive; check pixdim in the header}.
 */
public class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its sentence: value, rule, remedy. */
  public UserError(String sentence) {
    super(sentence);
  }

  /** A failure with its sentence and the exception behind it, kept for logs. */
  public UserError(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
