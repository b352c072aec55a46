package org.maskmine.kernel.shell;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a {@link Checkpoint#check} at the start of every method and before every backward jump of a
 * class, so that loops, recursion and the lambdas of a stream can be interrupted.
 */
final class CheckpointInjector extends ClassVisitor {
  private static final String CHECKPOINT = Checkpoint.class.getName().replace('.', '/');

  CheckpointInjector(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    var next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new Jumps(next, !name.startsWith("<"));
  }

  /** The call takes and leaves nothing on the stack, so frames and stack sizes stay valid. */
  private static final class Jumps extends MethodVisitor {
    private final Set<Label> behind = new HashSet<>();
    private final boolean checkEntry;

    Jumps(MethodVisitor next, boolean checkEntry) {
      super(Opcodes.ASM9, next);
      this.checkEntry = checkEntry;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (checkEntry) {
        check();
      }
    }

    @Override
    public void visitLabel(Label label) {
      behind.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (behind.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, CHECKPOINT, "check", "()V", false);
    }
  }
}
