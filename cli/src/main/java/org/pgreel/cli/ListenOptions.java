package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, and how it tells that it is ready. */
final class ListenOptions {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "The address to listen on; port 0 lets the system choose. Default: ${DEFAULT-VALUE}.")
    HostAndPort listen = new HostAndPort("127.0.0.1", 0);

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description =
                    "Written with HOST:PORT once the server accepts connections; with several servers, a JSON map.")
    @Nullable
    Path readyFile;

    /**
     * Writes the ready file, if one was asked for, in one step: who sees it sees all of it.
     *
     * @param address where the server listens
     */
    void tellReady(HostAndPort address) {
        tellReady(address.toString());
    }

    /**
     * Writes the ready file of several servers, if one was asked for.
     *
     * @param line where they listen
     */
    void tellReady(String line) {
        if (readyFile == null) {
            return;
        }
        try {
            Path directory = readyFile.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(directory, ".ready", null);
            Files.writeString(draft, line + "\n");
            Files.move(draft, readyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the ready file " + readyFile + " cannot be written (" + e.getMessage()
                            + "); name a file in a directory that exists and is writable",
                    e);
        }
    }
}
