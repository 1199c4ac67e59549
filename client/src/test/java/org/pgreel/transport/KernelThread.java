package org.pgreel.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A thread as Linux knows it. Java calls a thread runnable that waits for input inside a system call, and one that waits
 * for a processor; the kernel tells them apart.
 *
 * @param stat its line of facts under {@code /proc}
 */
record KernelThread(Path stat) {
    /** Returns the calling thread; empty where there is no Linux. */
    static Optional<KernelThread> current() {
        try {
            Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            return Optional.of(new KernelThread(Path.of("/proc").resolve(self).resolve("stat")));
        } catch (IOException | UnsupportedOperationException noLinux) {
            return Optional.empty();
        }
    }

    /** Tells whether it waits for something other than a processor; false if it is gone. */
    boolean sleeps() {
        try {
            String line = Files.readString(stat);
            // The name before may hold anything; the state is the letter behind it.
            char state = line.charAt(line.lastIndexOf(')') + 2);
            return state == 'S' || state == 'D';
        } catch (IOException gone) {
            return false;
        }
    }
}
