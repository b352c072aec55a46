package org.maskmine.kernel.shell;

import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Tells classes that only run, once, from those that declare what later cells can name. */
final class OneTimeCode extends ClassVisitor {
  private static final String PREFIX = "REPL.$JShell$";
  private static final String RUN = "do_it$";

  private boolean runs;
  private boolean declares;

  private OneTimeCode() {
    super(Opcodes.ASM9);
  }

  /** Whether classes that are loaded together, a snippet's and those inside it, only run. */
  static boolean is(ClassBytecodes[] classes) {
    List<ClassBytecodes> snippets =
        Stream.of(classes)
            .filter(each -> each.name().startsWith(PREFIX))
            .filter(each -> each.name().indexOf('$', PREFIX.length()) < 0)
            .toList();
    if (snippets.size() != 1) {
      return false;
    }
    var visitor = new OneTimeCode();
    new ClassReader(snippets.get(0).bytecodes()).accept(visitor, ClassReader.SKIP_CODE);
    return visitor.runs && !visitor.declares;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    declares |= (access & Opcodes.ACC_SYNTHETIC) == 0 && !name.startsWith(JavaShell.SHOWN);
    return null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    runs |= name.equals(RUN);
    declares |= (access & Opcodes.ACC_SYNTHETIC) == 0 && !name.equals(RUN) && !name.startsWith("<");
    return null;
  }
}
