package org.maskmine.kernel.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a {@link Checkpoint#check} at the start of every method and before every backward jump of a
 * class, so that loops, recursion and the lambdas of a stream can be interrupted. What is not
 * private becomes public, because cells that see each other as one package may have different class
 * loaders; the compiler has checked already who may name what.
 */
final class CheckpointInjector {
  private static final String CHECKPOINT = Checkpoint.class.getName().replace('.', '/');

  private CheckpointInjector() {}

  static byte[] inject(byte[] classFile) {
    var reader = new ClassReader(classFile);
    var writer = new ClassWriter(reader, 0);
    reader.accept(new Methods(writer), 0);
    return writer.toByteArray();
  }

  /** Loads the classes that are needed, by way of an example. */
  static void prepare() {
    try (var own = CheckpointInjector.class.getResourceAsStream("Checkpoint.class")) {
      if (own != null) {
        inject(own.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a class of the program", e);
    }
  }

  private static final class Methods extends ClassVisitor {
    Methods(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    private static int open(int access) {
      boolean hidden = (access & Opcodes.ACC_PRIVATE) != 0;
      return hidden ? access : (access & ~Opcodes.ACC_PROTECTED) | Opcodes.ACC_PUBLIC;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(version, open(access), name, signature, superName, interfaces);
    }

    @Override
    public FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      return super.visitField(open(access), name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      var next =
          super.visitMethod(
              name.equals("<clinit>") ? access : open(access),
              name,
              descriptor,
              signature,
              exceptions);
      return new Jumps(next, !name.startsWith("<"));
    }
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
