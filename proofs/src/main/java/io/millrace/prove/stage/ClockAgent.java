package io.millrace.prove.stage;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the broker's virtual machine: what Kafka takes for the present, and so every LogAppendTime, is ahead of the true
 * time by the milliseconds that stand in a file at the start. Pauses and timeouts, which Kafka measures by another clock,
 * stay as they are. It is taken out of its archive alone, so it has no nested classes.
 */
final class ClockAgent implements ClassFileTransformer {
    private static final String CLOCK = "org/apache/kafka/common/utils/SystemTime";
    private static final String NOW = "currentTimeMillis";

    private final long aheadMillis;

    private ClockAgent(long aheadMillis) {
        this.aheadMillis = aheadMillis;
    }

    /** Called by the virtual machine before the broker's own start. */
    public static void premain(String file, Instrumentation instrumentation) throws IOException {
        instrumentation.addTransformer(new ClockAgent(Long.parseLong(Files.readString(Path.of(file)))));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (!CLOCK.equals(name)) {
            return null;
        }
        CodeTransform ahead = (code, element) -> {
            code.with(element);
            if (element instanceof InvokeInstruction call && call.name().equalsString(NOW)) {
                code.loadConstant(aheadMillis).ladd();
            }
        };
        ClassFile classes = ClassFile.of();
        return classes.transformClass(classes.parse(bytes), ClassTransform.transformingMethodBodies(ahead));
    }
}
