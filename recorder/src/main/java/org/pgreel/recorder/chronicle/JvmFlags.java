package org.pgreel.recorder.chronicle;

import net.openhft.chronicle.queue.ChronicleQueue;
import org.pgreel.recorder.journal.JournalFlagsMissingException;

/**
 * The flags that Chronicle Queue needs from the JVM. Without them it does not fail where it is opened: it falls back to a
 * queue that can only be read, or dies later. So they are checked before it is touched.
 */
final class JvmFlags {

    static final String LANG_REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    static final String NIO_CH = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
    static final String INTERNAL_REF = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

    private JvmFlags() {}

    /** Makes sure that the flags are set. */
    static void require() {
        Module base = Object.class.getModule();
        // A class literal loads the class but does not initialise it.
        Module chronicle = ChronicleQueue.class.getModule();
        boolean set = base.isOpen("java.lang.reflect", chronicle)
                && base.isExported("sun.nio.ch", chronicle)
                && base.isExported("jdk.internal.ref", chronicle);
        if (!set) {
            throw new JournalFlagsMissingException(
                    "A journal cannot be recorded by this JVM, because Chronicle Queue needs"
                            + " three flags that it was started without: " + LANG_REFLECT + " " + NIO_CH + " "
                            + INTERNAL_REF
                            + " (docs/jvm-flags.md).");
        }
    }
}
