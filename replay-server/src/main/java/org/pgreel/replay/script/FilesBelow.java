package org.pgreel.replay.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.pgreel.protocol.transcript.FileSource;
import org.pgreel.protocol.wire.Bytes;

/**
 * The files beside a script. A script that somebody else wrote reads nothing outside of its own directory, and nothing
 * that does not fit in a message.
 *
 * @param directory where the script lies
 */
public record FilesBelow(Path directory) implements FileSource {
    /** The largest file, in bytes. */
    public static final int LARGEST = 16 * 1024 * 1024;

    @Override
    public Bytes read(String name) throws IOException {
        Path file = within(name);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it holds more than 16 MiB");
            }
            return Bytes.wrap(bytes);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file in " + directory, missing);
        }
    }

    private Path within(String name) throws IOException {
        try {
            Path home = directory.toAbsolutePath().normalize();
            Path file = home.resolve(name).normalize();
            if (!file.startsWith(home) || file.equals(home)) {
                throw new IOException("it lies outside of the script's directory");
            }
            return file;
        } catch (InvalidPathException invalid) {
            throw new IOException("the name is none of a file", invalid);
        }
    }
}
