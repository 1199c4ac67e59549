package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lock of a run: as long as it is held, its process lives. */
final class RunLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path run;
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(Path run, FileChannel channel) throws IOException {
        this.run = run;
        this.channel = channel;
        this.lock = channel.lock();
    }

    /** Takes the lock of a new run. */
    static RunLock take(RunDirectory directory) throws IOException {
        Path run = directory.path().toAbsolutePath().normalize();
        Path file = run.resolve(RunDirectory.LOCK_FILE);
        HELD_HERE.add(run);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RunLock lock = new RunLock(run, channel);
        PrivateFiles.makePrivate(file);
        return lock;
    }

    /** Returns whether this process holds the lock of a run. */
    static boolean isHeldHere(RunDirectory run) {
        return HELD_HERE.contains(run.path().toAbsolutePath().normalize());
    }

    /** Returns whether a run is still written, by this process or another. Opens its lock for reading only. */
    static boolean isHeld(RunDirectory run) {
        // To close a channel of a file gives up every lock that this process has on it, so its own is not opened again.
        if (isHeldHere(run)) {
            return true;
        }
        try (FileChannel channel =
                        FileChannel.open(run.path().resolve(RunDirectory.LOCK_FILE), StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } catch (OverlappingFileLockException e) {
            // Another thread looks at this very moment.
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
        HELD_HERE.remove(run);
    }
}
