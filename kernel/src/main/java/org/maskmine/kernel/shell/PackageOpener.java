package org.maskmine.kernel.shell;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes public what is not private in a class, because cells that see each other as one package may
 * have different class loaders; the compiler has checked already who may name what.
 */
final class PackageOpener extends ClassVisitor {
  PackageOpener(ClassVisitor next) {
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
    int opened = name.equals("<clinit>") ? access : open(access);
    return super.visitMethod(opened, name, descriptor, signature, exceptions);
  }
}
